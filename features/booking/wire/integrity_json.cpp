#include "booking/wire/integrity_json.hpp"

#include "platform/json/writer.hpp"

namespace insighta::booking::wire {

std::string integrity_answer(IntegrityFindings const& findings) {
  std::string body;
  json::Writer writer(body);
  writer.begin_object()
      .member("status", "success")
      .key("data")
      .begin_object()
      .member("ok", findings.report.is_ok())
      .member("took_ms", std::int64_t{findings.took.count()})
      .key("checks")
      .begin_array();
  for (auto const& check : findings.report.checks)
    writer.begin_object()
        .member("id", check.id)
        .member("title", check.title)
        .member("count", check.count)
        .end_object();
  writer.end_array().end_object().end_object();
  return body;
}

}  // namespace insighta::booking::wire
