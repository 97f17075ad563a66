#include "booking/repositories/subscription_repository.hpp"

#include "booking/queries.hpp"
#include "platform/async/when_all.hpp"
#include "platform/outcome/ensure.hpp"
#include "platform/postgres/database.hpp"

#include <map>

namespace insighta::booking {

namespace {

using postgres::Parameters;
using postgres::Row;
using postgres::Rows;

constexpr std::size_t balance_column = 17;

/// A word that the database let in is one of ours.
template <class Word>
Word known(std::optional<Word> word) {
  ensure(word.has_value(), "a stored word is a known one");
  return *word;
}

int small(Row const& row, std::size_t column) {
  return static_cast<int>(row.get<std::int64_t>(column));
}

Subscription subscription_of(Row const& row, std::int64_t balance) {
  using Moment = std::optional<Instant>;
  return {.id = row.get<SubscriptionId>(0),
          .client_id = row.get<ClientId>(1),
          .trainer_id = row.get<TrainerId>(2),
          .plan_id = row.get<PlanId>(3),
          .status = known(parse_subscription_status(row.get<std::string_view>(4))),
          .period_no = small(row, 5),
          .period_start = row.get<Moment>(6),
          .period_end = row.get<Moment>(7),
          .auto_renew = row.get<bool>(8),
          .grace_until = row.get<Moment>(9),
          .late_credits_until = row.get<Moment>(10),
          .provider = known(parse_payment_provider(row.get<std::string_view>(11))),
          .provider_ref = row.get<std::optional<std::string>>(12),
          .last_event_at = row.get<Moment>(13),
          .ended_at = row.get<Moment>(14),
          .version = row.get<std::int64_t>(15),
          .created_at = row.get<Instant>(16),
          .balance = balance};
}

LedgerRow ledger_row_of(Row const& row) {
  return {.id = row.get<std::int64_t>(0),
          .entry = {.subscription_id = row.get<SubscriptionId>(1),
                    .kind = known(parse_entry_kind(row.get<std::string_view>(2))),
                    .delta = small(row, 3),
                    .booking_id = row.get<std::optional<BookingId>>(4),
                    .period_no = small(row, 5),
                    .reason = row.get<std::string>(6),
                    .actor = row.get<std::optional<UserId>>(7),
                    .at = row.get<Instant>(8)},
          .balance = row.get<std::int64_t>(9)};
}

/// The locked row with the sum that was read behind it; nothing when there was none to lock.
std::optional<Subscription> locked_of(Rows const& rows, Rows const& sums) {
  if (rows.is_empty()) return {};
  return subscription_of(rows.single(), sums.single().get<std::int64_t>(0));
}

Parameters all_of(Subscription const& subscription) {
  return Parameters(subscription.id, subscription.client_id, subscription.trainer_id,
                    subscription.plan_id, to_string(subscription.status),
                    std::int32_t{subscription.period_no}, subscription.period_start,
                    subscription.period_end, subscription.auto_renew, subscription.grace_until,
                    subscription.late_credits_until, to_string(subscription.provider),
                    subscription.provider_ref, subscription.last_event_at, subscription.ended_at,
                    static_cast<std::int32_t>(subscription.version), subscription.created_at);
}

std::optional<Error> refusal_of(postgres::Failure const& failure) {
  auto const& constraint = failure.constraint();
  if (constraint == "subscription_once_live")
    return conflict("The client has a subscription with this trainer", "SUBSCRIPTION_EXISTS");
  if (constraint == "subscription_ref_once")
    return conflict("This payment was recorded before", "PAYMENT_RECORDED");
  if (constraint == "subscriptions_client_id_fkey") return not_found("Client not found");
  if (constraint == "subscriptions_trainer_id_fkey") return not_found("Trainer not found");
  return {};
}

}  // namespace

Task<std::optional<Subscription>> SubscriptionRepository::find(SubscriptionId id) {
  auto const rows = co_await database_.query(queries::select_subscription, Parameters(id));
  if (rows.is_empty()) co_return std::nullopt;
  auto const row = rows.single();
  co_return subscription_of(row, row.get<std::int64_t>(balance_column));
}

Task<std::vector<Subscription>> SubscriptionRepository::list_of_client(ClientId client) {
  auto const rows =
      co_await database_.query(queries::list_subscriptions_of_client, Parameters(client));
  std::vector<Subscription> subscriptions;
  for (auto const& row : rows)
    subscriptions.push_back(subscription_of(row, row.get<std::int64_t>(balance_column)));
  co_return subscriptions;
}

Task<LedgerPage> SubscriptionRepository::ledger(SubscriptionId id, std::int64_t limit,
                                                std::int64_t offset) {
  auto [rows, count] = co_await when_all(
      database_.query(queries::list_credit_entries, Parameters(id, limit, offset)),
      database_.query(queries::count_credit_entries, Parameters(id)));
  LedgerPage page;
  page.total = count.single().template get<std::int64_t>(0);
  for (auto const& row : rows) page.rows.push_back(ledger_row_of(row));
  co_return page;
}

Task<std::optional<Subscription>> SubscriptionRepository::lock(Transaction& tx, SubscriptionId id) {
  auto [rows, sums] = co_await when_all(tx.query(queries::lock_subscription, Parameters(id)),
                                        tx.query(queries::sum_credits, Parameters(id)));
  co_return locked_of(rows, sums);
}

Task<std::optional<Subscription>> SubscriptionRepository::lock_of_pair(Transaction& tx,
                                                                       ClientId client,
                                                                       TrainerId trainer,
                                                                       Instant now) {
  Parameters const pair(client, trainer, now);
  auto [rows, sums] = co_await when_all(tx.query(queries::lock_subscription_of_pair, pair),
                                        tx.query(queries::sum_credits_of_pair, pair));
  if (rows.is_empty()) co_return std::nullopt;
  auto const row = rows.single();
  auto const id = row.template get<SubscriptionId>(0);
  for (auto const& sum : sums)
    if (sum.template get<SubscriptionId>(0) == id)
      co_return subscription_of(row, sum.template get<std::int64_t>(1));
  // Nobody changes a locked row, so the same condition holds for it in the second statement.
  throw BrokenInvariant("a locked subscription has a balance");
}

Task<std::optional<Subscription>> SubscriptionRepository::lock_to_spend(Transaction& tx,
                                                                        ClientId client,
                                                                        TrainerId trainer,
                                                                        Instant now) {
  Parameters const pair(client, trainer, now);
  auto [rows, sums] = co_await when_all(tx.query(queries::lock_subscriptions_of_pair, pair),
                                        tx.query(queries::sum_credits_of_pair, pair));
  std::map<SubscriptionId, std::int64_t> balances;
  for (auto const& sum : sums)
    balances.emplace(sum.template get<SubscriptionId>(0), sum.template get<std::int64_t>(1));
  std::vector<Subscription> choice;
  for (auto const& row : rows)
    choice.push_back(subscription_of(row, balances.at(row.template get<SubscriptionId>(0))));
  co_return best_to_spend(choice, now);
}

Task<std::optional<Subscription>> SubscriptionRepository::lock_of_booking(Transaction& tx,
                                                                          BookingId booking) {
  auto [rows, sums] =
      co_await when_all(tx.query(queries::lock_subscription_of_booking, Parameters(booking)),
                        tx.query(queries::sum_credits_of_booking, Parameters(booking)));
  co_return locked_of(rows, sums);
}

Task<std::optional<Subscription>> SubscriptionRepository::lock_by_ref(
    Transaction& tx, PaymentProvider provider, std::string_view provider_ref) {
  auto const rows = co_await tx.query(queries::lock_subscription_by_ref,
                                      Parameters(to_string(provider), provider_ref));
  if (rows.is_empty()) co_return std::nullopt;
  auto const sums =
      co_await tx.query(queries::sum_credits, Parameters(rows.single().get<SubscriptionId>(0)));
  co_return locked_of(rows, sums);
}

Task<Result<void>> SubscriptionRepository::insert(Transaction& tx,
                                                  Subscription const& subscription) {
  try {
    co_await tx.query(queries::insert_subscription, all_of(subscription));
  } catch (postgres::Failure const& failure) {
    if (auto const refusal = refusal_of(failure)) co_return fail(*refusal);
    throw;
  }
  co_return Result<void>{};
}

Task<void> SubscriptionRepository::update(Transaction& tx, Subscription const& subscription) {
  (void)co_await update_row(tx, subscription);
}

Task<void> SubscriptionRepository::append(Transaction& tx, CreditEntry const& entry) {
  (void)co_await insert_entry(tx, entry);
}

Task<Subscription> SubscriptionRepository::store(Transaction& tx, SubscriptionChange change) {
  std::vector<Task<std::int64_t>> writes;
  if (change.changes_row) writes.push_back(update_row(tx, change.subscription));
  for (auto const& entry : change.entries) writes.push_back(insert_entry(tx, entry));
  (void)co_await when_all(std::move(writes));
  if (change.changes_row) change.subscription.version += 1;
  co_return std::move(change.subscription);
}

Task<std::int64_t> SubscriptionRepository::insert_entry(Transaction& tx, CreditEntry const& entry) {
  auto const rows = co_await tx.query(
      queries::insert_credit_entry,
      Parameters(entry.subscription_id, to_string(entry.kind), std::int32_t{entry.delta},
                 entry.booking_id, std::int32_t{entry.period_no}, entry.reason, entry.actor,
                 entry.at));
  co_return rows.affected();
}

Task<std::int64_t> SubscriptionRepository::update_row(Transaction& tx,
                                                      Subscription const& subscription) {
  auto const rows = co_await tx.query(
      queries::update_subscription,
      Parameters(subscription.id, to_string(subscription.status),
                 std::int32_t{subscription.period_no}, subscription.period_start,
                 subscription.period_end, subscription.auto_renew, subscription.grace_until,
                 subscription.late_credits_until, to_string(subscription.provider),
                 subscription.provider_ref, subscription.last_event_at, subscription.ended_at));
  co_return rows.affected();
}

Task<bool> SubscriptionRepository::has_refund(Transaction& tx, BookingId booking) {
  auto const rows = co_await tx.query(queries::select_has_refund, Parameters(booking));
  co_return rows.single().get<bool>(0);
}

Task<bool> SubscriptionRepository::record_payment(Transaction& tx, Payment const& payment) {
  auto const rows = co_await tx.query(
      queries::insert_payment,
      Parameters(to_string(payment.provider), payment.provider_ref, payment.subscription_id,
                 std::int32_t{payment.period_no}, payment.recorded_by, payment.at));
  co_return rows.affected() == 1;
}

Task<bool> SubscriptionRepository::take_inbound_event(Transaction& tx, PaymentProvider provider,
                                                      std::string_view id, std::string_view kind,
                                                      Instant at, Instant now) {
  auto const rows = co_await tx.query(queries::insert_inbound_event,
                                      Parameters(to_string(provider), id, kind, at, now));
  co_return rows.affected() == 1;
}

Task<std::vector<SubscriptionId>> SubscriptionRepository::list_due(Instant now, std::int64_t limit,
                                                                   std::int64_t offset) {
  auto const rows =
      co_await database_.query(queries::list_due_subscriptions, Parameters(now, limit, offset));
  std::vector<SubscriptionId> ids;
  for (auto const& row : rows) ids.push_back(row.get<SubscriptionId>(0));
  co_return ids;
}

}  // namespace insighta::booking
