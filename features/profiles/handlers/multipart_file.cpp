#include "profiles/handlers/multipart_file.hpp"

#include "platform/http/headers.hpp"

#include <algorithm>
#include <optional>
#include <utility>

namespace insighta::profiles {

namespace {

constexpr std::size_t max_part_headers = 8 * 1024;

Error malformed() {
  return bad_request("The form is not well formed", "INVALID_MULTIPART");
}

std::string_view trimmed(std::string_view text) {
  auto const first = text.find_first_not_of(" \t");
  if (first == text.npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

/// A parameter of a header value such as `form-data; name="file"`.
std::optional<std::string> parameter_of(std::string_view value, std::string_view wanted) {
  auto at = value.find(';');
  while (at != value.npos) {
    value.remove_prefix(at + 1);
    auto const equals = value.find('=');
    if (equals == value.npos) return {};
    auto const name = trimmed(value.substr(0, equals));
    value = trimmed(value.substr(equals + 1));
    std::string text;
    if (value.starts_with('"')) {
      std::size_t i = 1;
      for (; i < value.size() && value[i] != '"'; ++i) {
        if (value[i] == '\\' && i + 1 < value.size()) ++i;
        text += value[i];
      }
      value.remove_prefix(std::min(i + 1, value.size()));
    } else {
      text = trimmed(value.substr(0, value.find(';')));
    }
    if (http::equal_without_case(name, wanted)) return text;
    at = value.find(';');
  }
  return {};
}

/// The value of one header of a part.
std::string_view header_of(std::string_view headers, std::string_view wanted) {
  while (!headers.empty()) {
    auto const end = headers.find("\r\n");
    auto const line = headers.substr(0, end);
    auto const colon = line.find(':');
    if (colon != line.npos && http::equal_without_case(trimmed(line.substr(0, colon)), wanted))
      return trimmed(line.substr(colon + 1));
    headers.remove_prefix(end == headers.npos ? headers.size() : end + 2);
  }
  return {};
}

}  // namespace

Result<std::string> boundary_of(std::string_view content_type) {
  auto boundary = parameter_of(content_type, "boundary");
  if (!boundary || boundary->empty() || boundary->size() > 70) return fail(malformed());
  return std::move(*boundary);
}

MultipartFile::MultipartFile(http::BodyStream& body, std::string_view boundary)
    : body_(body), delimiter_("\r\n--" + std::string(boundary)) {}

Task<Result<std::string>> MultipartFile::open(std::string name) {
  while (true) {
    CO_TRY_VOID(co_await skip_to_delimiter());
    while (rest().size() < 2) CO_TRY_VOID(co_await fill());
    if (rest().starts_with("--")) {
      auto missing = bad_request("No file in the form", "MISSING_FILE");
      missing.fields = {{name, "must be a file"}};
      co_return fail(std::move(missing));
    }
    CO_TRY(auto const headers, co_await read_part_headers());
    if (parameter_of(header_of(headers, "Content-Disposition"), "name") != name) continue;
    auto const type = header_of(headers, "Content-Type");
    co_return std::string(trimmed(type.substr(0, type.find(';'))));
  }
}

Task<Result<std::optional<std::string>>> MultipartFile::next() {
  while (!is_at_end_) {
    auto const at = rest().find(delimiter_);
    is_at_end_ = at != std::string_view::npos;
    // What could be the start of the delimiter stays.
    auto const kept = std::min(rest().size(), delimiter_.size() - 1);
    auto const size = is_at_end_ ? at : rest().size() - kept;
    if (size > 0) co_return std::optional(take(size));
    if (!is_at_end_) CO_TRY_VOID(co_await fill());
  }
  co_return std::nullopt;
}

Task<Result<void>> MultipartFile::fill() {
  CO_TRY(auto const piece, co_await body_.next());
  if (!piece) co_return fail(malformed());
  buffer_.erase(0, std::exchange(at_, 0));
  buffer_ += *piece;
  co_return Result<void>{};
}

std::string MultipartFile::take(std::size_t size) {
  // The buffer itself is handed on, and what stays, a few bytes, is copied.
  std::string stays(rest().substr(size));
  buffer_.resize(at_ + size);
  buffer_.erase(0, std::exchange(at_, 0));
  return std::exchange(buffer_, std::move(stays));
}

Task<Result<void>> MultipartFile::skip_to_delimiter() {
  auto place = rest().find(delimiter_);
  while (place == std::string_view::npos) {
    at_ = buffer_.size() - std::min(rest().size(), delimiter_.size() - 1);
    CO_TRY_VOID(co_await fill());
    place = rest().find(delimiter_);
  }
  at_ += place + delimiter_.size();
  co_return Result<void>{};
}

Task<Result<std::string>> MultipartFile::read_part_headers() {
  auto end = rest().find("\r\n\r\n");
  while (end == std::string_view::npos) {
    if (rest().size() > max_part_headers) co_return fail(malformed());
    CO_TRY_VOID(co_await fill());
    end = rest().find("\r\n\r\n");
  }
  if (end > max_part_headers) co_return fail(malformed());
  std::string headers(rest().substr(0, end));
  at_ += end + 4;
  // They begin with the rest of the delimiter's line.
  auto const first = headers.find("\r\n");
  headers.erase(0, first == headers.npos ? headers.size() : first + 2);
  co_return headers;
}

}  // namespace insighta::profiles
