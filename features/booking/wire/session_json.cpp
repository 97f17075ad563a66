#include "booking/wire/session_json.hpp"

#include "platform/json/writer.hpp"

namespace insighta::booking::wire {

namespace {

std::optional<std::string> text_of(std::optional<Instant> const& instant) {
  if (!instant) return {};
  return to_rfc3339(*instant);
}

}  // namespace

std::string session_answer(Attendance const& attendance) {
  auto const& [booking, session] = attendance;
  std::string body;
  json::Writer writer(body);
  writer.begin_object()
      .member("status", "success")
      .key("data")
      .begin_object()
      .member("id", session.id.to_string())
      .member("booking_id", booking.id.to_string())
      .member("trainer_id", booking.trainer_id.to_string())
      .member("client_id", booking.client_id.to_string())
      .member("start", to_rfc3339(booking.time.start))
      .member("end", to_rfc3339(booking.time.end))
      .member("status", to_string(session.status))
      .member("booking_status", to_string(booking.status))
      .member("started_at", text_of(session.started_at))
      .member("ended_at", text_of(session.ended_at))
      .member("trainer_joined_at", text_of(session.trainer_joined_at))
      .member("client_joined_at", text_of(session.client_joined_at))
      .member("notes", session.notes)
      .member("version", session.version)
      .end_object()
      .end_object();
  return body;
}

}  // namespace insighta::booking::wire
