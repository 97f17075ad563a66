#include "layout/failure_page.hpp"

#include "layout/view.hpp"
#include "site/wording.hpp"

#include <algorithm>
#include <string>

namespace insighta::portal {

namespace {

struct Wording {
  ErrorKind kind;
  std::string_view heading;
  std::string_view advice;
};

constexpr Wording wordings[] = {
    {ErrorKind::bad_request, "That request cannot be understood", "Go back and try again."},
    {ErrorKind::forbidden, "You may not open this", "If you should, ask an admin for the role."},
    {ErrorKind::not_found, "There is nothing here",
     "It may have been deleted, or the address has a mistake."},
    {ErrorKind::method_not_allowed, "That cannot be done here", "Go back and try again."},
    {ErrorKind::conflict, "That does not fit what is stored", "Go back and look at it again."},
    {ErrorKind::stale_version, "Somebody else changed this meanwhile",
     "Nothing was changed by you. Look at the new version first."},
    {ErrorKind::too_large, "That is too large", "Nothing was stored. Send less at once."},
    {ErrorKind::invalid, "A value in the address is not valid",
     "Correct it, or start again without it."},
    {ErrorKind::too_many_requests, "Too many requests", "You are still signed in."},
    {ErrorKind::bad_upstream, "A service we need gave no useful answer",
     "Nothing was changed. Try again in a moment."},
    {ErrorKind::unavailable, "We are away for a moment",
     "Nothing was changed and you are still signed in. Try again in a few seconds."},
};

constexpr Wording broken{ErrorKind::internal, "Something of ours broke",
                         "It is in our log under the number below. Try again."};

Wording const& wording_of(ErrorKind kind) {
  auto const found = std::ranges::find(wordings, kind, &Wording::kind);
  return found == std::end(wordings) ? broken : *found;
}

/// The words of other programs (a lost connection, a timeout) help nobody here.
bool is_for_people(Error const& error) {
  return !error.message.empty() && error.kind != ErrorKind::unavailable &&
         error.kind != ErrorKind::internal;
}

/// The same request may succeed later.
bool may_pass(ErrorKind kind) {
  return kind == ErrorKind::unavailable || kind == ErrorKind::bad_upstream ||
         kind == ErrorKind::too_many_requests || kind == ErrorKind::internal;
}

}  // namespace

http::Response failure_page(Visit const& visit, Error const& error) {
  auto const& wording = wording_of(error.kind);
  View view{visit, wording.heading};
  auto& values = view.main("layout/failure.html");
  values.set("HEADING", wording.heading).set("ADVICE", wording.advice);
  if (is_for_people(error)) values.add("DETAIL").set("MESSAGE", error.message);
  for (auto const& [field, message] : error.fields)
    values.add("FIELD").set("NAME", field).set("MESSAGE", message);
  if (error.retry_after.count() > 0) values.add("RETRY").set("WAIT", duration(error.retry_after));
  if (visit.request.method == http::Method::get && may_pass(error.kind))
    values.add("AGAIN").set("URL", visit.request.target);
  values.set("REQUEST_ID", visit.request.id);
  auto response = view.respond(http::status_of(error.kind));
  if (error.kind == ErrorKind::unavailable || error.kind == ErrorKind::too_many_requests)
    response.headers.set("Retry-After",
                         std::to_string(std::max<std::int64_t>(1, error.retry_after.count())));
  return response;
}

}  // namespace insighta::portal
