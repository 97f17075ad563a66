#include "booking/handlers/booking_requests.hpp"

#include "booking/domain/contact.hpp"
#include "booking/domain/policy.hpp"
#include "booking/handlers/command_request.hpp"
#include "platform/time_zone/time_zone.hpp"

namespace insighta::booking {

namespace {

constexpr std::size_t longest_reason = 200;
constexpr std::size_t longest_notes = 200;

void check_size(json::ObjectReader& body, std::string_view name, std::string_view text,
                std::size_t most) {
  if (characters_in(text) > most)
    body.refuse(name, "must be at most " + std::to_string(most) + " characters");
}

Contact read_contact(json::ObjectReader& body) {
  auto const platform = body.string("platform");
  auto const mode = parse_contact_mode(platform);
  if (!mode && !platform.empty()) body.refuse("platform", "must be " + std::string{contact_modes});
  Contact contact{mode.value_or(ContactMode::zoom), body.string("handle")};
  if (auto const fault = fault_of_handle(contact); fault && mode && !contact.handle.empty())
    body.refuse("handle", std::string{*fault});
  return contact;
}

BookingWish read_wish(json::ObjectReader& body) {
  BookingWish wish;
  wish.trainer_id = read_id<TrainerId>(body, "trainer_id");
  wish.contact = read_contact(body);
  wish.client_tz = body.string("client_tz");
  if (!wish.client_tz.empty() && !TimeZone::find(wish.client_tz))
    body.refuse("client_tz", "must be a zone of the IANA database, like Africa/Lagos");
  wish.subscription_id = read_optional_id<SubscriptionId>(body, "subscription_id");
  wish.client_id = read_optional_id<ClientId>(body, "client_id");
  return wish;
}

template <class T>
Result<std::optional<T>> parse_filter(listing::ListQuery const& query, std::string_view name,
                                      std::optional<T> (*parse)(std::string_view),
                                      std::string_view expected) {
  auto const text = query.filter(name);
  if (!text) return std::nullopt;
  auto const value = parse(*text);
  if (!value)
    return fail(listing::invalid_filter(std::string{name}, "expected " + std::string{expected}));
  return value;
}

std::optional<bool> parse_order(std::string_view text) {
  if (text == "asc") return false;
  if (text == "desc") return true;
  return {};
}

}  // namespace

Result<NewHold> read_hold(json::Value const& value) {
  json::ObjectReader body(value);
  NewHold hold;
  hold.trainer_id = read_id<TrainerId>(body, "trainer_id");
  hold.start = read_instant(body, "start");
  hold.client_id = read_optional_id<ClientId>(body, "client_id");
  TRY_VOID(body.finish());
  return hold;
}

Result<NewBooking> read_booking(json::Value const& value) {
  json::ObjectReader body(value);
  NewBooking booking{.wish = read_wish(body), .start = read_instant(body, "start")};
  // A hold of that time gives way by itself; its id says no more.
  read_optional_id<ClaimId>(body, "hold_id");
  TRY_VOID(body.finish());
  return booking;
}

Result<NewSeries> read_series(json::Value const& value) {
  json::ObjectReader body(value);
  NewSeries series{.wish = read_wish(body), .start = read_instant(body, "start")};
  series.count = static_cast<int>(body.integer("count", 2, policy::longest_series));
  series.skips_conflicts = body.optional_bool("skip_conflicts").value_or(false);
  TRY_VOID(body.finish());
  return series;
}

Result<NewTime> read_new_time(json::Value const& value) {
  json::ObjectReader body(value);
  NewTime time{.start = read_instant(body, "start"),
               .reason = body.optional_string("reason").value_or("")};
  check_size(body, "reason", time.reason, longest_reason);
  TRY_VOID(body.finish());
  return time;
}

Result<CancellationWish> read_cancellation(json::Value const& value) {
  json::ObjectReader body(value);
  CancellationWish wish{.reason = body.string("reason"), .notes = body.optional_string("notes")};
  check_size(body, "reason", wish.reason, longest_reason);
  check_size(body, "notes", wish.notes.value_or(""), longest_notes);
  TRY_VOID(body.finish());
  return wish;
}

Result<BookingQuestion> read_question(listing::ListQuery const& query) {
  BookingQuestion question;
  TRY(question.status, parse_filter(query, "status", parse_booking_status,
                                    "confirmed, cancelled, completed, no_show_client or "
                                    "no_show_trainer"));
  TRY(question.from, parse_filter(query, "from", parse_rfc3339, "an instant"));
  TRY(question.to, parse_filter(query, "to", parse_rfc3339, "an instant"));
  TRY(question.client, parse_filter(query, "client_id", ClientId::parse, "a UUID"));
  TRY(question.trainer, parse_filter(query, "trainer_id", TrainerId::parse, "a UUID"));
  TRY(auto const order, parse_filter(query, "order", parse_order, "asc or desc"));
  question.is_newest_first = order.value_or(false);
  if (question.from && question.to && *question.to < *question.from)
    return fail(listing::invalid_filter("to", "must not be before from"));
  return question;
}

Result<Interval> read_window(http::Request const& request) {
  TRY(auto const pairs, request.query_pairs());
  std::vector<FieldError> missing;
  std::vector<FieldError> wrong;
  Interval window{};
  http::Pairs seen;
  for (auto const& [name, value] : pairs) {
    if (http::find(seen, name))
      wrong.push_back({name, "expected once"});
    else if (name != "from" && name != "to")
      wrong.push_back({name, "there is no such parameter"});
    seen.emplace_back(name, value);
  }
  for (auto [name, into] : {std::pair{"from", &window.start}, std::pair{"to", &window.end}}) {
    auto const text = http::find(pairs, name);
    auto const instant = text ? parse_rfc3339(*text) : std::nullopt;
    if (!text || text->empty())
      missing.push_back({name, "is required"});
    else if (!instant)
      wrong.push_back({name, "expected an instant like 2027-05-10T00:00:00Z"});
    else
      *into = *instant;
  }
  if (!missing.empty())
    return fail(Error{.kind = ErrorKind::bad_request,
                      .code = "MISSING_FIELD",
                      .message = "Invalid query parameters",
                      .fields = std::move(missing)});
  if (wrong.empty() && window.end <= window.start) wrong.push_back({"to", "must be after from"});
  if (!wrong.empty()) return fail(invalid("Invalid query parameters", std::move(wrong)));
  return window;
}

}  // namespace insighta::booking
