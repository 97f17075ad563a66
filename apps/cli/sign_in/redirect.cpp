#include "sign_in/redirect.hpp"

#include "api/query_string.hpp"
#include "platform/crypto/crypto.hpp"

#include <algorithm>
#include <cctype>
#include <optional>

namespace insighta::cli {

namespace {

std::string lower(std::string_view text) {
  std::string copy{text};
  std::ranges::transform(copy, copy.begin(),
                         [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return copy;
}

std::string_view trim(std::string_view text) {
  auto const first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

/// Takes the next line off the text, without its end.
std::string_view next_line(std::string_view& text) {
  auto const end = std::min(text.find('\n'), text.size());
  std::string_view line = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

/// The only Host of the request; nothing when there is none or more than one.
std::optional<std::string> host_of(std::string_view headers) {
  std::optional<std::string> host;
  while (!headers.empty()) {
    std::string_view const line = next_line(headers);
    auto const colon = line.find(':');
    if (colon == std::string_view::npos || lower(line.substr(0, colon)) != "host") continue;
    if (host) return std::nullopt;
    host = lower(trim(line.substr(colon + 1)));
  }
  return host;
}

/// The parameter's value; nothing when it is missing or repeated.
std::optional<std::string> only(Parameters const& parameters, std::string_view name) {
  std::optional<std::string> found;
  for (auto const& [key, value] : parameters) {
    if (key != name) continue;
    if (found) return std::nullopt;
    found = value;
  }
  return found;
}

Redirect read_query(std::string_view query, ExpectedRedirect const& expected) {
  auto const parameters = parse_form(query);
  if (!parameters) return {.kind = RedirectKind::unreadable};
  auto const state = only(*parameters, "state");
  if (!state || !crypto::equal_in_constant_time(*state, expected.state)) {
    return {.kind = RedirectKind::wrong_state};
  }
  if (only(*parameters, "iss") != expected.issuer) return {.kind = RedirectKind::wrong_issuer};
  if (auto error = only(*parameters, "error")) {
    return {.kind = RedirectKind::refused,
            .error = *std::move(error),
            .description = only(*parameters, "error_description").value_or("")};
  }
  auto code = only(*parameters, "code");
  if (!code || code->empty()) return {.kind = RedirectKind::unreadable};
  return {.kind = RedirectKind::code, .code = *std::move(code)};
}

Redirect read_target(std::string_view target, ExpectedRedirect const& expected) {
  auto const path_end = std::min(target.find('?'), target.size());
  std::string_view const path = target.substr(0, path_end);
  if (path == "/done") return {.kind = RedirectKind::done_page};
  if (path != "/callback") return {.kind = RedirectKind::elsewhere};
  return read_query(target.substr(std::min(path_end + 1, target.size())), expected);
}

}  // namespace

Redirect read_request(std::string_view head, ExpectedRedirect const& expected) {
  std::string_view const request_line = next_line(head);
  auto const first_blank = request_line.find(' ');
  auto const last_blank = request_line.rfind(' ');
  bool const has_three_words = first_blank != std::string_view::npos && first_blank < last_blank;
  if (!has_three_words || !request_line.substr(last_blank + 1).starts_with("HTTP/1.")) {
    return {.kind = RedirectKind::unreadable};
  }
  if (request_line.substr(0, first_blank) != "GET") return {.kind = RedirectKind::wrong_method};
  if (host_of(head) != expected.authority) return {.kind = RedirectKind::wrong_host};
  return read_target(request_line.substr(first_blank + 1, last_blank - first_blank - 1), expected);
}

Redirect read_pasted_url(std::string_view url, ExpectedRedirect const& expected) {
  url = trim(url);
  std::string const origin = "http://" + expected.authority;
  if (!url.starts_with(origin)) return {.kind = RedirectKind::elsewhere};
  url.remove_prefix(origin.size());
  return read_target(url.substr(0, url.find('#')), expected);
}

}  // namespace insighta::cli
