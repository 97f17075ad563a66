#include "platform/http/request.hpp"

#include "platform/outcome/ensure.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace insighta::http {

namespace {

std::string_view trimmed(std::string_view text) {
  auto const first = text.find_first_not_of(" \t");
  if (first == text.npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

Error too_large(std::size_t limit) {
  return {ErrorKind::too_large, "PAYLOAD_TOO_LARGE",
          fmt::format("The body is larger than {} bytes", limit)};
}

}  // namespace

std::string const& Request::parameter(std::string_view name) const {
  auto const found = std::ranges::find(parameters, name, [](auto const& p) { return p.first; });
  ensure(found != parameters.end(), fmt::format("route {} has no {{{}}}", route, name));
  return found->second;
}

Result<Pairs> Request::query_pairs() const {
  auto pairs = parse_form(query);
  if (!pairs) return fail(bad_request("The query is not well-formed UTF-8", "INVALID_QUERY"));
  return *std::move(pairs);
}

std::string_view Request::cookie(std::string_view name) const {
  for (auto const& [field, value] : headers) {
    if (!equal_without_case(field, "Cookie")) continue;
    for (std::string_view rest = value; !rest.empty();) {
      auto const piece = rest.substr(0, rest.find(';'));
      rest.remove_prefix(std::min(piece.size() + 1, rest.size()));
      auto const equals = piece.find('=');
      if (equals != piece.npos && trimmed(piece.substr(0, equals)) == name)
        return trimmed(piece.substr(equals + 1));
    }
  }
  return {};
}

std::string Request::content_type() const {
  auto const field = header("Content-Type");
  std::string type(trimmed(field.substr(0, field.find(';'))));
  for (char& c : type)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + ('a' - 'A'));
  return type;
}

Task<Result<std::string>> Request::read_body(std::size_t limit) {
  if (content_length.value_or(0) > limit) co_return fail(too_large(limit));
  std::string whole;
  while (true) {
    CO_TRY(auto piece, co_await body->next());
    if (!piece) co_return whole;
    if (whole.size() + piece->size() > limit) co_return fail(too_large(limit));
    if (whole.empty())
      whole = *std::move(piece);
    else
      whole += *piece;
  }
}

}  // namespace insighta::http
