#include "booking/wire/payment_event_json.hpp"

#include "platform/json/value.hpp"

#include <array>
#include <initializer_list>

namespace insighta::booking::wire {

namespace {

using json::Value;
using Text = std::optional<std::string>;

constexpr std::int64_t last_second = 253'402'300'799;  ///< of the year 9999
constexpr std::size_t longest_word = 255;

std::optional<Value> find(Value const& from, std::initializer_list<std::string_view> path) {
  std::optional<Value> place = from;
  for (auto const name : path) {
    place = place->find(name);
    if (!place) return {};
  }
  return place;
}

Text text_of(Value const& from, std::initializer_list<std::string_view> path) {
  auto const place = find(from, path);
  auto const text = place ? place->as_string() : std::nullopt;
  bool const is_usable =
      text && !text->empty() && text->size() <= longest_word && text->find('\0') == text->npos;
  if (!is_usable) return {};
  return std::string{*text};
}

std::optional<bool> truth_of(Value const& from, std::string_view name) {
  auto const place = find(from, {name});
  return place ? place->as_bool() : std::nullopt;
}

/// A checkout can be complete before its money has come; another event tells that it has.
PaymentEventKind kind_of_checkout(Value const& object) {
  bool const is_unpaid = text_of(object, {"payment_status"}) == "unpaid";
  return is_unpaid ? PaymentEventKind::nothing : PaymentEventKind::purchase;
}

/// The first invoice of a subscription is what the checkout paid.
PaymentEventKind kind_of_invoice(Value const& object) {
  bool const is_renewal = text_of(object, {"billing_reason"}) == "subscription_cycle";
  return is_renewal ? PaymentEventKind::renewal : PaymentEventKind::nothing;
}

PaymentEventKind kind_of_update(Value const& object) {
  auto const is_cancelled = truth_of(object, "cancel_at_period_end");
  if (!is_cancelled) return PaymentEventKind::nothing;
  return *is_cancelled ? PaymentEventKind::cancellation : PaymentEventKind::resumption;
}

/// `refunded` is false while only a part was given back.
PaymentEventKind kind_of_refund(Value const& object) {
  bool const is_whole = truth_of(object, "refunded").value_or(true);
  return is_whole ? PaymentEventKind::chargeback : PaymentEventKind::nothing;
}

PaymentEventKind kind_of(std::string_view type, Value const& object) {
  if (type == "checkout.session.completed") return kind_of_checkout(object);
  if (type == "checkout.session.async_payment_succeeded") return PaymentEventKind::purchase;
  if (type == "invoice.paid") return kind_of_invoice(object);
  if (type == "invoice.payment_failed") return PaymentEventKind::missed_payment;
  if (type == "customer.subscription.updated") return kind_of_update(object);
  if (type == "customer.subscription.deleted") return PaymentEventKind::end;
  if (type == "charge.dispute.created") return PaymentEventKind::chargeback;
  if (type == "charge.refunded") return kind_of_refund(object);
  return PaymentEventKind::nothing;
}

/// Newer versions of the provider's API name an invoice's subscription below its parent.
Text subscription_ref_of(std::string_view type, Value const& object) {
  if (type.starts_with("customer.subscription.")) return text_of(object, {"id"});
  auto const direct = text_of(object, {"subscription"});
  return direct ? direct : text_of(object, {"parent", "subscription_details", "subscription"});
}

}  // namespace

Result<PaymentEvent> parse_payment_event(std::string_view text) {
  TRY(auto const document, Value::parse(text));
  if (!document.is_object()) return fail(bad_request("Expected a JSON object", "INVALID_JSON"));
  json::ObjectReader body(document);
  PaymentEvent event;
  event.id = body.string("id");
  event.type = body.string("type");
  event.created = Instant{std::chrono::seconds{body.integer("created", 0, last_second)}};
  if (event.id.size() > longest_word) body.refuse("id", "must have at most 255 characters");
  if (event.type.size() > longest_word) body.refuse("type", "must have at most 255 characters");
  TRY_VOID(body.finish());
  auto const object = find(document, {"data", "object"});
  if (!object) return event;
  event.kind = kind_of(event.type, *object);
  event.subscription_ref = subscription_ref_of(event.type, *object);
  event.payment_ref = text_of(*object, {"id"});
  if (auto const id = text_of(*object, {"metadata", "subscription_id"}))
    event.subscription_id = SubscriptionId::parse(*id);
  return event;
}

std::string received_answer() {
  return R"({"status":"success","data":{"received":true}})";
}

}  // namespace insighta::booking::wire
