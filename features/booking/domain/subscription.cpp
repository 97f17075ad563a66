#include "booking/domain/subscription.hpp"

#include <algorithm>
#include <array>
#include <tuple>

namespace insighta::booking {

namespace {

constexpr std::array<std::string_view, 2> period_words = {"once", "month"};
constexpr std::array<std::string_view, 6> status_words = {
    "pending", "active", "cancel_at_period_end", "grace", "expired", "revoked"};
constexpr std::array<std::string_view, 2> provider_words = {"manual", "stripe"};
constexpr std::array<std::string_view, 5> entry_words = {"grant", "debit", "refund", "expire",
                                                         "adjust"};

template <class Enum, std::size_t N>
std::optional<Enum> parse(std::array<std::string_view, N> const& words, std::string_view text) {
  for (std::size_t i = 0; i < N; ++i)
    if (words[i] == text) return static_cast<Enum>(i);
  return {};
}

}  // namespace

std::string_view to_string(PlanPeriod period) {
  return period_words[static_cast<std::size_t>(period)];
}

std::optional<PlanPeriod> parse_plan_period(std::string_view text) {
  return parse<PlanPeriod>(period_words, text);
}

std::string_view to_string(SubscriptionStatus status) {
  return status_words[static_cast<std::size_t>(status)];
}

std::optional<SubscriptionStatus> parse_subscription_status(std::string_view text) {
  return parse<SubscriptionStatus>(status_words, text);
}

std::string_view to_string(PaymentProvider provider) {
  return provider_words[static_cast<std::size_t>(provider)];
}

std::optional<PaymentProvider> parse_payment_provider(std::string_view text) {
  return parse<PaymentProvider>(provider_words, text);
}

std::string_view to_string(EntryKind kind) {
  return entry_words[static_cast<std::size_t>(kind)];
}

std::optional<EntryKind> parse_entry_kind(std::string_view text) {
  return parse<EntryKind>(entry_words, text);
}

bool Subscription::is_spendable(Instant now) const {
  using enum SubscriptionStatus;
  if (status == active || status == cancel_at_period_end) return !period_end || now < *period_end;
  return status == expired && late_credits_until && now < *late_credits_until;
}

std::optional<Subscription> best_to_spend(std::vector<Subscription> const& choice, Instant now) {
  auto const rank = [&](Subscription const& one) {
    bool const can_pay = one.is_spendable(now) && one.balance >= 1;
    return std::tuple{!can_pay, !one.is_live(), one.late_credits_until.value_or(Instant::max())};
  };
  auto const best = std::ranges::min_element(choice, {}, rank);
  if (best == choice.end()) return {};
  return *best;
}

Instant end_of_month_period(Instant start) {
  using namespace std::chrono;
  auto const day = floor<days>(start);
  year_month_day const date{day};
  auto const month = year_month{date.year(), date.month()} + months{1};
  year_month_day_last const last{month.year(), month_day_last{month.month()}};
  sys_days const later{month / std::min(date.day(), last.day())};
  return later + (start - day);
}

}  // namespace insighta::booking
