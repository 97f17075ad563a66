#include "booking/handlers/command_request.hpp"

#include "platform/crypto/crypto.hpp"
#include "platform/listing/list_query.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace insighta::booking {

namespace {

constexpr std::size_t longest_key = 200;
/// What begins before it also ends in a year of four digits, as RFC 3339 writes them.
constexpr Instant latest_instant = std::chrono::sys_days{std::chrono::year{9999} / 1 / 1};

/// Of ASCII: a header may hold bytes that are no text.
bool is_printable(char c) {
  return c >= ' ' && c <= '~';
}

Result<std::optional<std::int64_t>> read_if_match(http::Request const& request) {
  auto const text = request.header("If-Match");
  if (text.empty() || text == "*") return std::nullopt;
  std::int64_t version = 0;
  if (text.size() > 2 && text.front() == '"' && text.back() == '"') {
    auto const digits = text.substr(1, text.size() - 2);
    auto const [end, error] =
        std::from_chars(digits.data(), digits.data() + digits.size(), version);
    if (error == std::errc{} && end == digits.data() + digits.size()) return version;
  }
  return fail(bad_request("If-Match: expected a version as ETag gives it, like \"3\""));
}

Result<json::Value> read_object(std::string_view text, http::Request const& request) {
  // A form was read before, by the guard: it is known by its length alone.
  if (text.empty() && request.content_length.value_or(0) == 0) return json::Value::parse("{}");
  if (request.content_type() != "application/json")
    return fail(
        Error{ErrorKind::unsupported_type, "UNSUPPORTED_MEDIA_TYPE", "Send application/json"});
  TRY(auto value, json::Value::parse(text));
  if (!value.is_object()) return fail(bad_request("Expected a JSON object", "INVALID_JSON"));
  return value;
}

std::string etag(std::int64_t version) {
  return fmt::format("\"{}\"", version);
}

}  // namespace

Task<Result<CommandRequest>> read_command(http::Request& request, identity::Actor const& actor,
                                          Clock const& clock) {
  auto const at = clock.now();
  CO_TRY_VOID(listing::no_parameters(request));
  auto const key = request.header("Idempotency-Key");
  if (key.size() > longest_key || !std::ranges::all_of(key, is_printable))
    co_return fail(bad_request("Idempotency-Key: expected at most 200 printable characters"));
  CO_TRY(auto const version, read_if_match(request));
  CO_TRY(auto const text, co_await request.read_body());
  CO_TRY(auto body, read_object(text, request));
  co_return CommandRequest{
      .body = std::move(body),
      .call = {.actor = actor,
               .at = at,
               .route = fmt::format("{} {}", to_string(request.method), request.path),
               .idempotency_key = std::string{key},
               .request_hash = std::string{crypto::as_bytes(crypto::sha256(text))}},
      .expected_version = version};
}

identity::Origin origin_of(http::Request const& request) {
  // Not the user agent: only sessions are labelled with it.
  return {.address = request.peer_address, .user_agent = {}, .request_id = request.id};
}

http::Response to_response(Result<Answer> const& answer, http::Request const& request) {
  if (!answer) return http::error_response(answer.error(), request);
  if (answer->status == 204) return http::no_content();
  auto response = http::json_response(answer->status, answer->body);
  response.headers.set("Cache-Control", "no-store");
  if (answer->version) response.headers.set("ETag", etag(*answer->version));
  return response;
}

Result<NoWords> read_no_words(json::Value const&) {
  return NoWords{};
}

http::Response fresh_answer(std::string body, std::optional<std::int64_t> version) {
  auto response = http::json_response(200, std::move(body));
  response.headers.set("Cache-Control", "no-store");
  if (version) response.headers.set("ETag", etag(*version));
  return response;
}

Instant read_instant(json::ObjectReader& body, std::string_view name) {
  auto const text = body.string(name);
  auto const instant = parse_rfc3339(text);
  if (!instant && !text.empty()) body.refuse(name, "must be an instant like 2027-05-10T18:00:00Z");
  if (!instant) return {};
  if (*instant >= latest_instant) body.refuse(name, "must be before the year 9999");
  if (*instant != std::chrono::floor<std::chrono::seconds>(*instant))
    body.refuse(name, "must be in whole seconds");
  return *instant;
}

}  // namespace insighta::booking
