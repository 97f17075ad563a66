#include "booking/wire/booking_json.hpp"

#include "platform/json/value.hpp"
#include "platform/json/writer.hpp"
#include "platform/outcome/ensure.hpp"

namespace insighta::booking::wire {

namespace {

template <class Id>
std::optional<std::string> text_of(std::optional<Id> const& id) {
  if (!id) return {};
  return id->to_string();
}

std::optional<std::string> text_of(std::optional<Instant> const& instant) {
  if (!instant) return {};
  return to_rfc3339(*instant);
}

void write_cancellation(json::Writer& writer, Booking const& booking) {
  auto const& cancellation = booking.cancellation;
  writer.member("refund_outcome", to_string(booking.refund_outcome));
  if (!cancellation) {
    for (auto const* name : {"refund_reason", "decided_notice_us", "cancelled_by", "cancel_reason",
                             "cancel_notes", "cancelled_at"})
      writer.key(name).null();
    return;
  }
  RefundDecision const decision{cancellation->notice, booking.refund_outcome};
  writer.member("refund_reason", refund_reason(decision, cancellation->by))
      .member("decided_notice_us", std::int64_t{cancellation->notice.count()})
      .member("cancelled_by", to_string(cancellation->by))
      .member("cancel_reason", cancellation->reason)
      .member("cancel_notes", cancellation->notes)
      .member("cancelled_at", to_rfc3339(cancellation->at));
}

/// The members of a booking, into an object that was begun.
void write_members(json::Writer& writer, Booking const& booking) {
  writer.member("id", booking.id.to_string())
      .member("client_id", booking.client_id.to_string())
      .member("trainer_id", booking.trainer_id.to_string());
  if (booking.client_name) writer.member("client_name", *booking.client_name);
  if (booking.trainer_name) writer.member("trainer_name", *booking.trainer_name);
  writer.member("subscription_id", booking.subscription_id.to_string())
      .member("discovery_call_id", text_of(booking.discovery_call_id))
      .member("series_id", text_of(booking.series_id))
      .member("start", to_rfc3339(booking.time.start))
      .member("end", to_rfc3339(booking.time.end))
      .member("client_tz", booking.client_tz)
      .member("platform", to_string(booking.contact.mode))
      .member("handle", booking.contact.handle)
      .member("status", to_string(booking.status))
      .member("version", booking.version)
      .member("session_id", booking.session_id.to_string())
      .member("session_status", to_string(booking.session_status))
      .member("reschedule_count", booking.reschedule_count);
  write_cancellation(writer, booking);
  writer.member("closed_at", text_of(booking.closed_at));
  writer.key("policy")
      .begin_object()
      .member("refund_window_us", std::int64_t{booking.refund_window.count()})
      .member("reschedule_limit", booking.reschedule_limit)
      .end_object();
  writer.member("created_at", to_rfc3339(booking.created_at));
}

void write_booking(json::Writer& writer, Booking const& booking) {
  writer.begin_object();
  write_members(writer, booking);
  writer.end_object();
}

/// `{"status":"success","data":…}` around what `write` writes.
template <class Write>
std::string success(Write const& write) {
  std::string body;
  json::Writer writer(body);
  writer.begin_object().member("status", "success").key("data");
  write(writer);
  writer.end_object();
  return body;
}

/// With milliseconds where there are some: a deadline is exact.
std::string exact(Instant instant) {
  auto const seconds = std::chrono::floor<std::chrono::seconds>(instant);
  return seconds == instant ? to_rfc3339(instant) : to_rfc3339_ms(instant);
}

/// What the API calls a column.
std::string_view word_of(std::string_view column) {
  if (column == "start_at") return "start";
  if (column == "end_at") return "end";
  return column;
}

/// A row as an event kept it, in the words and the instants of the API.
void write_state(json::Writer& writer, json::Value const& row) {
  writer.begin_object();
  for (auto const& [column, value] : row.members()) {
    writer.key(word_of(column));
    auto const text = value.as_string();
    auto const instant = text && column.ends_with("_at") ? parse_rfc3339(*text) : std::nullopt;
    if (value.is_object())
      write_state(writer, value);
    else if (instant)
      writer.value(exact(*instant));
    else
      writer.raw(value.to_string());
  }
  writer.end_object();
}

void write_state(json::Writer& writer, std::string_view name,
                 std::optional<std::string> const& text) {
  writer.key(name);
  auto const row = text ? json::Value::parse(*text) : json::Value::parse("null");
  ensure(row.has_value(), "an event keeps JSON");
  if (row->is_object())
    write_state(writer, *row);
  else
    writer.null();
}

}  // namespace

std::string booking_answer(Booking const& booking) {
  return success([&](json::Writer& writer) { write_booking(writer, booking); });
}

std::string booking_answer(Booking const& booking, std::int64_t balance) {
  return success([&](json::Writer& writer) {
    writer.begin_object();
    write_members(writer, booking);
    writer.member("balance", balance).end_object();
  });
}

std::string cancellation_answer(CancelledBooking const& cancelled) {
  auto const& booking = cancelled.booking;
  RefundDecision const decision{booking.cancellation->notice, booking.refund_outcome};
  return success([&](json::Writer& writer) {
    writer.begin_object();
    write_members(writer, booking);
    writer.key("refund")
        .begin_object()
        .member("credits", decision.outcome == RefundOutcome::credited ? 1 : 0)
        .member("reason", refund_reason(decision, booking.cancellation->by))
        .end_object();
    writer.member("balance", cancelled.balance).end_object();
  });
}

std::string series_answer(MadeSeries const& series) {
  return success([&](json::Writer& writer) {
    writer.begin_object().member("series_id", series.id.to_string()).key("bookings").begin_array();
    for (auto const& booking : series.bookings) write_booking(writer, booking);
    writer.end_array().key("skipped").begin_array();
    for (auto const& [start, why] : series.skipped)
      writer.begin_object()
          .member("start", to_rfc3339(start))
          .member("code", why.code)
          .member("message", why.message)
          .end_object();
    writer.end_array().member("balance", series.balance).end_object();
  });
}

std::string bookings_answer(std::vector<Booking> const& bookings, listing::ListPage const& page) {
  std::string body;
  json::Writer writer(body);
  writer.begin_object().member("status", "success");
  listing::write_page(writer, page);
  writer.key("data").begin_array();
  for (auto const& booking : bookings) write_booking(writer, booking);
  writer.end_array().end_object();
  return body;
}

std::string preview_answer(CancellationPreview const& preview) {
  return success([&](json::Writer& writer) {
    writer.begin_object()
        .member("outcome", to_string(preview.decision.outcome))
        .member("reason", preview.reason)
        .member("notice_us", std::int64_t{preview.decision.notice.count()})
        .member("deadline", exact(preview.deadline))
        .end_object();
  });
}

std::string events_answer(std::vector<BookingEvent> const& events) {
  return success([&](json::Writer& writer) {
    writer.begin_array();
    for (auto const& event : events) {
      writer.begin_object().member("number", event.number).member("kind", event.kind);
      write_state(writer, "before", event.before_json);
      write_state(writer, "after", event.after_json);
      writer.member("actor", text_of(event.actor))
          .member("actor_role", event.actor_role)
          .member("reason", event.reason)
          .member("at", exact(event.at))
          .end_object();
    }
    writer.end_array();
  });
}

std::string stats_answer(BookingStats const& stats, Instant from, Instant to) {
  auto const count = [](auto const& counts, auto key) {
    auto const found = counts.find(key);
    return found == counts.end() ? std::int64_t{0} : found->second;
  };
  return success([&](json::Writer& writer) {
    writer.begin_object()
        .member("from", to_rfc3339(from))
        .member("to", to_rfc3339(to))
        .member("total", stats.total)
        .key("by_status")
        .begin_object();
    for (auto const status :
         {BookingStatus::confirmed, BookingStatus::cancelled, BookingStatus::completed,
          BookingStatus::no_show_client, BookingStatus::no_show_trainer})
      writer.member(to_string(status), count(stats.by_status, status));
    writer.end_object().key("refunds").begin_object();
    for (auto const outcome : {RefundOutcome::credited, RefundOutcome::forfeited})
      writer.member(to_string(outcome), count(stats.by_outcome, outcome));
    writer.end_object().end_object();
  });
}

std::string hold_answer(Hold const& hold) {
  return success([&](json::Writer& writer) {
    writer.begin_object()
        .member("id", hold.id.to_string())
        .member("trainer_id", hold.trainer_id.to_string())
        .member("client_id", hold.client_id.to_string())
        .member("start", to_rfc3339(hold.time.start))
        .member("end", to_rfc3339(hold.time.end))
        .member("expires_at", exact(hold.expires_at))
        .end_object();
  });
}

}  // namespace insighta::booking::wire
