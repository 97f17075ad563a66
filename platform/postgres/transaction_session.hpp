#pragma once

#include "platform/postgres/pool.hpp"

namespace insighta::postgres {

inline constexpr char const* begin_transaction = "begin isolation level read committed";

/// What a Transaction holds: an exclusive connection, and whether anything was sent on it. `begin`
/// travels with the first statement, so a transaction without statements costs nothing.
struct TransactionSession {
  explicit TransactionSession(Lease taken) : lease(std::move(taken)) {}
  Lease lease;
  bool has_begun = false;
};

}  // namespace insighta::postgres
