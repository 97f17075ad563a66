// A head that is taken has one meaning, its cookies are parts of it, and a body does not depend on
// the pieces it comes in.

#include "platform/http/request_parser.hpp"
#include "platform/testing/fuzzing.hpp"

using namespace insighta;

namespace {

void check_cookies(http::Request const& request) {
  for (std::string_view const name : {"a", "insighta_session", ""}) {
    auto const value = request.cookie(name);
    fuzzing::must(!value.contains(';'), "a cookie ends at its semicolon");
    bool is_part = value.empty();
    for (auto const& [field, text] : request.headers) is_part |= text.contains(value);
    fuzzing::must(is_part, "a cookie is what was sent");
  }
}

void check_path(http::Request const& request) {
  fuzzing::must(request.target.starts_with('/') || request.target == "*", "a target is a path");
  auto const segment = http::decode_segment(request.path);
  if (!segment) return;
  fuzzing::must(http::decode_segment(http::url_encoded(*segment)) == segment, "segments read back");
}

struct Decoded {
  bool is_good = true;
  bool is_done = false;
  std::string text;
  bool operator==(Decoded const&) const = default;
};

/// Nothing when the head is refused.
std::optional<Decoded> read(std::string_view head, std::string_view body, std::size_t piece_size) {
  http::RequestParser parser;
  http::Request request;
  if (parser.parse_head(head, request)) return {};
  check_cookies(request);
  check_path(request);
  Decoded decoded;
  std::string waiting;
  fuzzing::in_pieces(body, piece_size, [&](std::string_view piece) {
    if (!decoded.is_good || parser.is_body_done()) return;
    waiting += piece;
    for (std::size_t before = 0; decoded.is_good && before != waiting.size();) {
      before = waiting.size();
      std::string_view bytes = waiting;
      decoded.is_good = parser.parse_body(bytes, decoded.text);
      waiting = std::string(bytes);
    }
  });
  decoded.is_done = parser.is_body_done();
  return decoded;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  fuzzing::Input input(data, size);
  auto const piece_size = 1 + input.choice();
  auto const text = input.rest();
  auto const end = text.find("\r\n\r\n");
  if (end == text.npos) return 0;
  auto const head = text.substr(0, end + 4);
  auto const body = text.substr(end + 4);
  auto const whole = read(head, body, std::string_view::npos);
  auto const cut = read(head, body, piece_size);
  fuzzing::must(whole.has_value() == cut.has_value(), "a head has one meaning");
  if (!whole) return 0;
  fuzzing::must(whole->is_good == cut->is_good, "a body is good or not");
  if (whole->is_good) fuzzing::must(*whole == *cut, "cuts do not matter");
  return 0;
}
