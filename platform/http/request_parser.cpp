#include "platform/http/request_parser.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/beast/http/buffer_body.hpp>
#include <boost/beast/http/parser.hpp>

#include <algorithm>
#include <array>
#include <limits>

namespace insighta::http {

namespace beast = boost::beast::http;

namespace {

constexpr std::size_t piece_size = 16 * 1024;
constexpr std::size_t shortest_chunked_body = 5;  ///< 0 CR LF CR LF

Method method_of(beast::verb verb) {
  switch (verb) {
    case beast::verb::get:
      return Method::get;
    case beast::verb::head:
      return Method::head;
    case beast::verb::post:
      return Method::post;
    case beast::verb::put:
      return Method::put;
    case beast::verb::patch:
      return Method::patch;
    case beast::verb::delete_:
      return Method::del;
    case beast::verb::options:
      return Method::options;
    default:
      return Method::other;
  }
}

ProtocolError bad(std::string message) {
  return {400, std::move(message)};
}

/// A folded line or a bare line feed: other servers may see another request.
bool has_ambiguous_lines(std::string_view head) {
  for (auto at = head.find('\n'); at != head.npos; at = head.find('\n', at + 1)) {
    if (at == 0 || head[at - 1] != '\r') return true;
    if (at + 1 < head.size() && (head[at + 1] == ' ' || head[at + 1] == '\t')) return true;
  }
  return head.find('\0') != head.npos;
}

/// Origin form from origin or absolute form.
bool set_target(std::string_view target, Request& request) {
  for (std::string_view const scheme : {"http://", "https://"})
    if (target.starts_with(scheme)) {
      auto const path = target.find('/', scheme.size());
      target = path == target.npos ? std::string_view{"/"} : target.substr(path);
    }
  if (target != "*" && !target.starts_with('/')) return false;
  request.target = target;
  auto const whole = std::string_view{request.target};
  auto const question = std::min(whole.find('?'), whole.size());
  request.path = whole.substr(0, question);
  request.query = whole.substr(std::min(question + 1, whole.size()));
  return true;
}

std::optional<ProtocolError> check_fields(Request const& request, bool is_http_1_0) {
  if (request.headers.count("Host") > 1 || (!is_http_1_0 && !request.headers.has("Host")))
    return bad("Expected exactly one Host header");
  auto const coding = request.header("Transfer-Encoding");
  if (request.headers.count("Transfer-Encoding") > 1 ||
      (!coding.empty() && !equal_without_case(coding, "chunked")))
    return ProtocolError{501, "The only transfer coding is chunked"};
  if (!coding.empty() && (is_http_1_0 || request.headers.has("Content-Length")))
    return bad("Transfer-Encoding and Content-Length exclude each other");
  if (request.headers.count("Content-Length") > 1)
    return bad("Expected one Content-Length header at most");
  auto const expectation = request.header("Expect");
  if (!expectation.empty() && !equal_without_case(expectation, "100-continue"))
    return ProtocolError{417, "The only expectation is 100-continue"};
  return {};
}

}  // namespace

struct RequestParser::State {
  beast::request_parser<beast::buffer_body> parser;
  bool has_begun_body = false;
};

RequestParser::RequestParser() : state_(std::make_unique<State>()) {
  state_->parser.header_limit(std::numeric_limits<std::uint32_t>::max());
  state_->parser.body_limit(boost::none);
}

RequestParser::~RequestParser() = default;

std::optional<ProtocolError> RequestParser::parse_head(std::string_view head, Request& request) {
  if (has_ambiguous_lines(head)) return bad("The request has an ambiguous line");
  auto& parser = state_->parser;
  boost::beast::error_code error;
  parser.put(boost::asio::buffer(head), error);
  if (error || !parser.is_header_done()) return bad("The request is not well-formed HTTP");
  auto const& message = parser.get();
  request.method = method_of(message.method());
  if (message.version() != 11 && message.version() != 10)
    return ProtocolError{505, "Expected HTTP/1.1"};
  for (auto const& field : message)
    request.headers.add(std::string{field.name_string()}, std::string{field.value()});
  if (!set_target({message.target().data(), message.target().size()}, request))
    return bad("The request target is not a path");
  if (auto fault = check_fields(request, is_http_1_0())) return fault;
  if (auto const length = parser.content_length()) request.content_length = *length;
  return {};
}

bool RequestParser::parse_body(std::string_view& bytes, std::string& piece) {
  auto& parser = state_->parser;
  auto& body = parser.get().body();
  // Beast asserts that a first chunk that is the last comes at once.
  bool const is_short = bytes.starts_with('0') && bytes.size() < shortest_chunked_body;
  if (parser.chunked() && !state_->has_begun_body && is_short) return true;
  std::array<char, piece_size> buffer;
  while (!parser.is_done() && !bytes.empty()) {
    body.data = buffer.data();
    body.size = buffer.size();
    body.more = true;
    boost::beast::error_code error;
    auto const used = parser.put(boost::asio::buffer(bytes), error);
    bytes.remove_prefix(used);
    state_->has_begun_body |= used > 0;
    piece.append(buffer.data(), buffer.size() - body.size);
    if (error == beast::error::need_more) return true;
    if (error && error != beast::error::need_buffer) return false;
    if (piece.size() >= piece_size) return true;
    if (used == 0 && !error) return true;
  }
  return true;
}

bool RequestParser::is_body_done() const {
  return state_->parser.is_done();
}

bool RequestParser::may_keep_alive() const {
  return state_->parser.keep_alive();
}

bool RequestParser::is_http_1_0() const {
  return state_->parser.get().version() == 10;
}

}  // namespace insighta::http
