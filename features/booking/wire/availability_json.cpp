#include "booking/wire/availability_json.hpp"

#include "platform/json/writer.hpp"

namespace insighta::booking::wire {

namespace {

std::optional<std::string> text_of(std::optional<LocalDate> const& date) {
  if (!date) return {};
  return to_text(*date);
}

std::optional<std::int64_t> number_of(std::optional<int> minute) {
  if (!minute) return {};
  return *minute;
}

void write_rule(json::Writer& writer, AvailabilityRule const& rule) {
  writer.begin_object()
      .member("weekday", rule.weekday)
      .member("start_min", rule.start_min)
      .member("end_min", rule.end_min)
      .member("valid_from", text_of(rule.valid_from))
      .member("valid_to", text_of(rule.valid_to))
      .end_object();
}

void write_exception(json::Writer& writer, StoredException const& stored) {
  auto const& exception = stored.exception;
  writer.begin_object()
      .member("id", stored.id.to_string())
      .member("date", to_text(exception.date))
      .member("kind", to_string(exception.kind))
      .member("start_min", number_of(exception.start_min))
      .member("end_min", number_of(exception.end_min))
      .end_object();
}

void write_time_off(json::Writer& writer, TimeOff const& time_off) {
  writer.begin_object()
      .member("id", time_off.id.to_string())
      .member("start", to_rfc3339(time_off.time.start))
      .member("end", to_rfc3339(time_off.time.end))
      .end_object();
}

template <class Values>
void write_list(json::Writer& writer, std::string_view name, Values const& values, auto write) {
  writer.key(name).begin_array();
  for (auto const& value : values) write(writer, value);
  writer.end_array();
}

std::string answer(auto const& thing, auto write) {
  std::string body;
  json::Writer writer(body);
  writer.begin_object().member("status", "success").key("data");
  write(writer, thing);
  writer.end_object();
  return body;
}

}  // namespace

std::string availability_answer(OwnAvailability const& own) {
  return answer(own, [](json::Writer& writer, OwnAvailability const& all) {
    writer.begin_object().member("time_zone", all.time_zone);
    write_list(writer, "rules", all.rules, write_rule);
    write_list(writer, "exceptions", all.exceptions, write_exception);
    write_list(writer, "time_off", all.time_off, write_time_off);
    writer.end_object();
  });
}

std::string exception_answer(StoredException const& stored) {
  return answer(stored, write_exception);
}

std::string time_off_answer(TimeOff const& time_off) {
  return answer(time_off, write_time_off);
}

std::string slots_answer(SlotList const& list) {
  return answer(list.slots, [&](json::Writer& writer, std::vector<Interval> const& slots) {
    writer.begin_array();
    for (auto const& slot : slots)
      writer.begin_object()
          .member("start", to_rfc3339(slot.start))
          .member("end", to_rfc3339(slot.end))
          .member("local_start", list.zone.to_rfc3339(slot.start))
          .end_object();
    writer.end_array();
  });
}

}  // namespace insighta::booking::wire
