#include "booking/services/credit_service.hpp"

#include "booking/repositories/subscription_repository.hpp"
#include "booking/services/sweep.hpp"

namespace insighta::booking {

namespace {

constexpr std::int64_t batch = 100;

}  // namespace

Task<Result<void>> CreditService::debit(Transaction& tx, Subscription& subscription,
                                        BookingId booking, Instant at,
                                        std::optional<UserId> actor) {
  CO_TRY(auto change, spend_credit(subscription, booking, {at, actor}));
  subscription = co_await subscriptions_.store(tx, std::move(change));
  co_return Result<void>{};
}

Task<void> CreditService::refund(Transaction& tx, Subscription& subscription, BookingId booking,
                                 std::string reason, Instant at, std::optional<UserId> actor) {
  auto change = give_back_credit(subscription, booking, std::move(reason), {at, actor});
  subscription = co_await subscriptions_.store(tx, std::move(change));
}

Task<Result<void>> CreditService::correct(Transaction& tx, Subscription& subscription,
                                          BookingId booking, int delta, Instant at,
                                          std::optional<UserId> actor) {
  CO_TRY(auto change, correct_credit(subscription, booking, delta, {at, actor}));
  subscription = co_await subscriptions_.store(tx, std::move(change));
  co_return Result<void>{};
}

Task<std::int64_t> CreditService::sweep(Instant now) {
  std::int64_t swept = 0;
  Sweep sweep;
  while (true) {
    auto const due = co_await subscriptions_.list_due(now, batch, sweep.failures());
    auto const before = swept + sweep.failures();
    for (auto const id : due)
      if (co_await sweep.attempt(settle_one(id, now))) ++swept;
    // None is due, or another worker did all of them meanwhile and goes on with the rest.
    if (swept + sweep.failures() == before) break;
  }
  sweep.tell();
  co_return swept;
}

Task<bool> CreditService::settle_one(SubscriptionId id, Instant now) {
  auto const body = [&](Transaction& tx) -> Task<Result<bool>> {
    auto const found = co_await subscriptions_.lock(tx, id);
    if (!found) co_return false;
    auto change = settle(*found, now);
    bool const is_changed = !change.is_empty();
    (void)co_await subscriptions_.store(tx, std::move(change));
    co_return is_changed;
  };
  co_return (co_await transactions_.run<bool>(body)).value();
}

}  // namespace insighta::booking
