#include "backend/answers.hpp"
#include "backend/api_client.hpp"
#include "pages/admin/admin_parts.hpp"
#include "pages/admin/booking_filters.hpp"
#include "pages/admin/booking_words.hpp"
#include "pages/pages.hpp"
#include "platform/async/when_all.hpp"
#include "site/links.hpp"

#include <fmt/format.h>

namespace insighta::portal {

namespace {

constexpr std::string_view api = "/api/v1/bookings";
constexpr std::string_view path = "/admin/bookings";

void fill_status(html::Values& values, json::Value const& booking) {
  auto const [word, colour] = status_in_words(text_of(booking, "status"));
  values.set("STATUS", word).set("COLOUR", colour);
  values.set("CLIENT", name_in_words(booking, "client"));
  values.set("TRAINER", name_in_words(booking, "trainer"));
  values.set("MOVES", integer_of(booking, "reschedule_count"));
}

void fill_row(html::Values& row, json::Value const& booking, Preferences const& preferences) {
  row.set("ID", text_of(booking, "id")).set("CREDIT", credit_in_words(booking));
  fill_time(row, "START", booking, "start", preferences);
  fill_status(row, booking);
}

/// The table, or why there is none.
void fill_results(html::Values& results, Visit const& visit, json::Value const& answer) {
  auto const total = integer_of(answer, "total");
  auto const bookings = rows_of(answer);
  results.set("COUNT", counted(total, "booking", "bookings"));
  results.set("FIRST_URL", link_to(path, without(visit.query, "page")));
  fill_pager(results, visit, answer);
  if (bookings.empty()) {
    bool const has_filters = !booking_filters_of(visit.query).empty();
    results.show(total > 0 ? "PAST_END" : has_filters ? "NO_MATCH" : "NOTHING_YET");
    return;
  }
  auto& table = results.add("TABLE");
  for (auto const& booking : bookings) fill_row(table.add("BOOKING"), booking, visit.preferences());
}

Task<Result<http::Response>> list(Visit& visit) {
  if (has_empty_value(visit.query))
    co_return http::redirect(link_to(path, without_empty_values(visit.query)));
  auto const target = link_to(api, bookings_asked(visit.query, visit.preferences()));
  auto [admin, answer] =
      co_await when_all(visit.require_admin(), visit.backend.api.get(target, visit.token()));
  CO_TRY_VOID(admin);
  if (!answer && !is_about_fields(answer.error())) co_return fail(answer.error());
  View view{visit, "Bookings"};
  auto& values = view.main("pages/admin/admin_bookings.html");
  auto& filters = values.include("FILTERS", "pages/admin/booking_filters.html");
  if (!answer) {
    fill_booking_filters(filters, visit.query, answer.error().fields, {});
    co_return view.mark_failed().respond(422);
  }
  fill_booking_filters(filters, visit.query, {}, rows_of(*answer));
  fill_results(values.add("RESULTS"), visit, *answer);
  co_return view.respond();
}

/// When it is, for the reader and for the client where that reads otherwise; and until when
/// cancelling was free.
void fill_times(html::Values& values, json::Value const& booking, Preferences const& preferences) {
  auto const start = parse_rfc3339(text_of(booking, "start")).value_or(Instant{});
  auto const end = parse_rfc3339(text_of(booking, "end")).value_or(start);
  auto const when = full_range(start, end, preferences);
  values.set("WHEN", when).set("START_UTC", to_rfc3339(start));
  auto theirs = preferences;
  theirs.time_zone = text_of(booking, "client_tz");
  if (theirs.time_zone != preferences.time_zone && is_time_zone(theirs.time_zone))
    values.add("CLIENT_TIME").set("WHEN_THERE", full_range(start, end, theirs));
  auto const policy = booking.find("policy").value_or(booking);
  std::chrono::microseconds const window{integer_of(policy, "refund_window_us")};
  values.set("WINDOW", hours(window)).set("MOVES_LIMIT", integer_of(policy, "reschedule_limit"));
  values.set("DEADLINE", full_time(start - window, preferences));
  values.set("DEADLINE_UTC", to_rfc3339(start - window));
}

void fill_cancellation(html::Values& values, json::Value const& booking,
                       Preferences const& preferences) {
  if (text_of(booking, "status") != "cancelled") return;
  auto& cancellation = values.add("CANCELLATION");
  fill_time(cancellation, "AT", booking, "cancelled_at", preferences);
  std::chrono::microseconds const notice{integer_of(booking, "decided_notice_us")};
  cancellation.set("NOTICE", hours(notice, true) + " before the start");
  auto const reason = text_of(booking, "cancel_reason");
  cancellation.set("REASON", reason.empty() ? "none given" : reason);
  if (auto const notes = text_of(booking, "cancel_notes"); !notes.empty())
    cancellation.add("NOTES").set("TEXT", notes);
}

void fill_event(html::Values& row, json::Value const& event, Preferences const& preferences) {
  row.set("WHAT", event_in_words(event, preferences));
  fill_time(row, "AT", event, "at", preferences);
  row.set("ACTOR", party_in_words(text_of(event, "actor_role")));
  if (auto const actor = text_of(event, "actor"); !actor.empty())
    row.add("PERSON").set("ACTOR_ID", actor);
  else
    row.show("NOBODY");
  if (auto const reason = text_of(event, "reason"); !reason.empty())
    row.add("REASON").set("TEXT", reason);
}

void fill_booking(html::Values& values, json::Value const& booking,
                  Preferences const& preferences) {
  values.set("ID", text_of(booking, "id"));
  fill_status(values, booking);
  fill_times(values, booking, preferences);
  fill_time(values, "SINCE", booking, "created_at", preferences);
  values.set("CLIENT_URL", link_to(path, {{"client_id", text_of(booking, "client_id")}}));
  values.set("TRAINER_URL", link_to(path, {{"trainer_id", text_of(booking, "trainer_id")}}));
  values.set("PLATFORM", platform_in_words(text_of(booking, "platform")));
  values.set("HANDLE", text_of(booking, "handle"));
  auto session = text_of(booking, "session_status");
  for (auto& c : session)
    if (c == '_') c = ' ';
  values.set("SESSION", session);
  values.set("SUBSCRIPTION", text_of(booking, "subscription_id"));
  if (auto const series = text_of(booking, "series_id"); !series.empty())
    values.add("SERIES").set("ID", series);
  values.set("OUTCOME", outcome_in_words(booking));
  fill_cancellation(values, booking, preferences);
}

Task<Result<http::Response>> show(Visit& visit) {
  auto const target = fmt::format("{}/{}", api, http::url_encoded(visit.request.parameter("id")));
  auto [admin, answer, events] =
      co_await when_all(visit.require_admin(), visit.backend.api.get(target, visit.token()),
                        visit.backend.api.get(target + "/events", visit.token()));
  CO_TRY_VOID(admin);
  if (!answer) co_return fail(answer.error());
  if (!events) co_return fail(events.error());
  auto const booking = answer->find("data");
  if (!booking) co_return fail(bad_upstream("The API's answer cannot be read."));
  View view{visit, fmt::format("{} with {}", name_in_words(*booking, "client"),
                               name_in_words(*booking, "trainer"))};
  auto& values = view.main("pages/admin/admin_booking.html");
  fill_booking(values, *booking, visit.preferences());
  for (auto const& event : rows_of(*events))
    fill_event(values.add("EVENT"), event, visit.preferences());
  co_return view.respond();
}

}  // namespace

std::vector<PageRoute> booking_admin_pages() {
  using enum http::Method;
  return {
      {get, "/admin/bookings", Access::signed_in, list},
      {get, "/admin/bookings/{id}", Access::signed_in, show},
  };
}

}  // namespace insighta::portal
