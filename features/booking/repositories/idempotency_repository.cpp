#include "booking/repositories/idempotency_repository.hpp"

#include "booking/domain/policy.hpp"
#include "booking/queries.hpp"
#include "platform/postgres/database.hpp"

namespace insighta::booking {

using postgres::Bytes;
using postgres::Parameters;

namespace {

/// Nothing when the key was free and is taken now; else what is kept of it.
Task<std::optional<postgres::Rows>> insert_or_find(Transaction& tx, KeyUse const& use,
                                                   Instant now) {
  auto const inserted =
      co_await tx.query(queries::insert_idempotency_key,
                        Parameters(use.user_id, use.route, use.key, Bytes{use.request_hash},
                                   now + policy::idempotency_life));
  if (inserted.affected() == 1) co_return std::nullopt;
  co_return co_await tx.query(queries::select_idempotency_key,
                              Parameters(use.user_id, use.route, use.key));
}

}  // namespace

Task<std::optional<StoredAnswer>> IdempotencyRepository::take(Transaction& tx, KeyUse const& use,
                                                              Instant now) {
  co_await tx.query(queries::delete_expired_idempotency_key,
                    Parameters(use.user_id, use.route, use.key, now));
  auto rows = co_await insert_or_find(tx, use, now);
  // Between the two somebody may have forgotten it.
  while (rows && rows->is_empty()) rows = co_await insert_or_find(tx, use, now);
  if (!rows) co_return std::nullopt;
  auto const row = rows->single();
  co_return StoredAnswer{.request_hash = row.get<std::string>(0),
                         .status = static_cast<int>(row.get<std::int64_t>(1)),
                         .body = row.get<std::string>(2),
                         .version = row.get<std::optional<std::int64_t>>(3)};
}

Task<void> IdempotencyRepository::store(Transaction& tx, KeyUse const& use,
                                        StoredAnswer const& answer) {
  std::optional<std::int32_t> version;
  if (answer.version) version = static_cast<std::int32_t>(*answer.version);
  co_await tx.query(queries::store_idempotent_answer,
                    Parameters(use.user_id, use.route, use.key, std::int32_t{answer.status},
                               answer.body, version));
}

Task<std::int64_t> IdempotencyRepository::delete_expired(Instant now) {
  constexpr std::int64_t batch = 1000;
  std::int64_t deleted = 0;
  while (true) {
    auto const rows = co_await database_.query(queries::delete_expired_idempotency_keys,
                                               Parameters(now, std::int64_t{batch}));
    deleted += rows.affected();
    if (rows.affected() < batch) co_return deleted;
  }
}

}  // namespace insighta::booking
