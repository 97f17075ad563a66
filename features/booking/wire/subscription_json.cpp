#include "booking/wire/subscription_json.hpp"

#include "platform/json/writer.hpp"

namespace insighta::booking::wire {

namespace {

void write_instant(json::Writer& writer, std::string_view name, std::optional<Instant> instant) {
  writer.key(name);
  if (instant)
    writer.value(to_rfc3339(*instant));
  else
    writer.null();
}

template <class Id>
void write_id(json::Writer& writer, std::string_view name, std::optional<Id> const& id) {
  writer.key(name);
  if (id)
    writer.value(id->to_string());
  else
    writer.null();
}

void write_subscription(json::Writer& writer, Subscription const& subscription) {
  writer.begin_object()
      .member("id", subscription.id.to_string())
      .member("client_id", subscription.client_id.to_string())
      .member("trainer_id", subscription.trainer_id.to_string())
      .member("plan_id", subscription.plan_id.to_string())
      .member("status", to_string(subscription.status))
      .member("balance", subscription.balance)
      .member("period_no", subscription.period_no);
  write_instant(writer, "period_start", subscription.period_start);
  write_instant(writer, "period_end", subscription.period_end);
  writer.member("auto_renew", subscription.auto_renew);
  write_instant(writer, "grace_until", subscription.grace_until);
  write_instant(writer, "late_credits_until", subscription.late_credits_until);
  writer.member("provider", to_string(subscription.provider))
      .member("provider_ref", subscription.provider_ref)
      .member("version", subscription.version)
      .member("created_at", to_rfc3339(subscription.created_at))
      .end_object();
}

void write_line(json::Writer& writer, LedgerLine const& line) {
  auto const& entry = line.entry;
  writer.begin_object()
      .member("id", line.id)
      .member("at", to_rfc3339(entry.at))
      .member("kind", to_string(entry.kind))
      .member("delta", entry.delta)
      .member("balance", line.balance);
  write_id(writer, "booking_id", entry.booking_id);
  writer.member("reason", entry.reason);
  write_id(writer, "actor", entry.actor);
  writer.end_object();
}

}  // namespace

std::string subscription_answer(Subscription const& subscription) {
  std::string body;
  json::Writer writer(body);
  writer.begin_object().member("status", "success").key("data");
  write_subscription(writer, subscription);
  writer.end_object();
  return body;
}

std::string subscriptions_answer(std::span<Subscription const> subscriptions,
                                 listing::ListPage const& page) {
  std::string body;
  json::Writer writer(body);
  writer.begin_object().member("status", "success");
  listing::write_page(writer, page);
  writer.key("data").begin_array();
  for (auto const& subscription : subscriptions) write_subscription(writer, subscription);
  writer.end_array().end_object();
  return body;
}

std::string ledger_answer(Ledger const& ledger, listing::ListPage const& page) {
  std::string body;
  json::Writer writer(body);
  writer.begin_object().member("status", "success");
  listing::write_page(writer, page);
  writer.key("data").begin_array();
  for (auto const& line : ledger.lines) write_line(writer, line);
  writer.end_array().end_object();
  return body;
}

}  // namespace insighta::booking::wire
