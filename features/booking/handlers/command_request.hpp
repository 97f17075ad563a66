#pragma once

#include "booking/services/commands.hpp"
#include "identity/domain/session.hpp"
#include "platform/http/request.hpp"
#include "platform/http/response.hpp"
#include "platform/http/router.hpp"
#include "platform/json/value.hpp"

namespace insighta::booking {

/// A route for signed-in people with this permission.
using GuardedRoute = http::GuardedRoute<identity::Permission, identity::Actor>;

/// A write as it came over HTTP.
struct CommandRequest {
  json::Value body;  ///< an object; empty when there was no body
  Call call;
  std::optional<std::int64_t> expected_version;  ///< If-Match
};

/// Reads a write; 400 for broken JSON, a key of more than 200 or of unprintable characters or an
/// If-Match that is no version, 413, 415. The instant it is decided by is `clock`'s now, read
/// first.
Task<Result<CommandRequest>> read_command(http::Request& request, identity::Actor const& actor,
                                          Clock const& clock);

/// Where the request came from, for the audit log.
identity::Origin origin_of(http::Request const& request);

/// The answer with its ETag, or the error.
http::Response to_response(Result<Answer> const& answer, http::Request const& request);

/// Of a write whose body says nothing.
struct NoWords {};
Result<NoWords> read_no_words(json::Value const& body);

/// A write from its request to its response: `read` decodes the body, `act` is the use case.
template <class Wanted, class Act>
Task<http::Response> answer_write(http::Request& request, identity::Actor const& actor,
                                  Commands& commands, Clock const& clock,
                                  Result<Wanted> (*read)(json::Value const&), Act act) {
  auto const asked = co_await read_command(request, actor, clock);
  if (!asked) co_return http::error_response(asked.error(), request);
  auto const wanted = read(asked->body);
  if (!wanted) co_return http::error_response(wanted.error(), request);
  auto const body = [&](Command const& command) -> Task<Result<Answer>> {
    return act(command, *wanted);
  };
  co_return to_response(co_await commands.run(asked->call, asked->expected_version, body), request);
}

/// A read's answer; never kept by caches.
http::Response fresh_answer(std::string body, std::optional<std::int64_t> version = {});

/// A member that must be an id, an instant; the fault is noted with `body` otherwise.
template <class Id>
Id read_id(json::ObjectReader& body, std::string_view name) {
  auto const text = body.string(name);
  auto const id = Id::parse(text);
  if (!id && !text.empty()) body.refuse(name, "must be a UUID");
  return id.value_or(Id{});
}
template <class Id>
std::optional<Id> read_optional_id(json::ObjectReader& body, std::string_view name) {
  auto const text = body.optional_string(name);
  if (!text) return {};
  auto const id = Id::parse(*text);
  if (!id) body.refuse(name, "must be a UUID");
  return id;
}
/// In whole seconds, as the API writes instants.
Instant read_instant(json::ObjectReader& body, std::string_view name);

/// The {id} of the path; 404 when it is none.
template <class Id>
Result<Id> id_of(http::Request const& request, std::string_view what) {
  if (auto const id = Id::parse(request.parameter("id"))) return *id;
  return fail(not_found(std::string{what} + " not found"));
}

}  // namespace insighta::booking
