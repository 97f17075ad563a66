#include "booking/wire/plan_json.hpp"

#include "platform/json/writer.hpp"

namespace insighta::booking::wire {

namespace {

void write_plan(json::Writer& writer, Plan const& plan) {
  writer.begin_object()
      .member("id", plan.id.to_string())
      .member("name", plan.name)
      .member("credits", plan.credits)
      .member("price_cents", plan.price_cents)
      .member("currency", plan.currency)
      .member("period", to_string(plan.period))
      .member("is_active", plan.is_active)
      .end_object();
}

}  // namespace

std::string plan_answer(Plan const& plan) {
  std::string body;
  json::Writer writer(body);
  writer.begin_object().member("status", "success").key("data");
  write_plan(writer, plan);
  writer.end_object();
  return body;
}

std::string plans_answer(std::vector<Plan> const& plans) {
  std::string body;
  json::Writer writer(body);
  writer.begin_object().member("status", "success").key("data").begin_array();
  for (auto const& plan : plans) write_plan(writer, plan);
  writer.end_array().end_object();
  return body;
}

}  // namespace insighta::booking::wire
