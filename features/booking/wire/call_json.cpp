#include "booking/wire/call_json.hpp"

#include "platform/json/writer.hpp"

namespace insighta::booking::wire {

namespace {

template <class T>
std::optional<std::string_view> word_of(std::optional<T> const& value) {
  if (!value) return {};
  return to_string(*value);
}

std::optional<std::string> text_of(std::optional<Instant> const& instant) {
  if (!instant) return {};
  return to_rfc3339(*instant);
}

void write_call(json::Writer& writer, DiscoveryCall const& call) {
  writer.begin_object()
      .member("id", call.id.to_string())
      .member("client_id", call.client_id.to_string())
      .member("client_name", call.client_name)
      .member("trainer_id", call.trainer_id.to_string())
      .member("trainer_name", call.trainer_name)
      .member("start", to_rfc3339(call.time.start))
      .member("end", to_rfc3339(call.time.end))
      .member("contact_mode", to_string(call.contact.mode))
      .member("contact_handle", call.contact.handle)
      .member("goals", call.goals)
      .member("status", to_string(call.status))
      .member("reschedule_count", call.reschedule_count)
      .member("outcome_notes", call.outcome_notes)
      .member("absent", word_of(call.absent))
      .member("is_right_restored", call.is_right_restored)
      .member("cancelled_by", word_of(call.cancelled_by))
      .member("cancel_reason", call.cancel_reason)
      .member("cancelled_at", text_of(call.cancelled_at))
      .member("closed_at", text_of(call.closed_at))
      .member("version", call.version)
      .member("created_at", to_rfc3339(call.created_at))
      .end_object();
}

}  // namespace

std::string call_answer(DiscoveryCall const& call) {
  std::string body;
  json::Writer writer(body);
  writer.begin_object().member("status", "success").key("data");
  write_call(writer, call);
  writer.end_object();
  return body;
}

std::string calls_answer(CallPage const& calls, listing::ListPage const& page) {
  std::string body;
  json::Writer writer(body);
  writer.begin_object().member("status", "success");
  listing::write_page(writer, page);
  writer.key("data").begin_array();
  for (auto const& call : calls.calls) write_call(writer, call);
  writer.end_array().end_object();
  return body;
}

}  // namespace insighta::booking::wire
