#pragma once

#include "identity/domain/ids.hpp"
#include "platform/async/task.hpp"
#include "platform/clock/clock.hpp"
#include "platform/transaction/transaction.hpp"

#include <string>
#include <string_view>

namespace insighta::identity {

/// What another feature keeps of people, so that it can be handed out and forgotten with the rest.
/// This feature knows no other one: the wiring names them to it.
class PersonalRecords {
 public:
  virtual ~PersonalRecords() = default;

  /// The member of the export that holds them.
  virtual std::string_view name() const = 0;
  /// All of it, as one JSON value.
  virtual Task<std::string> collect(UserId person) = 0;
  /// Leaves what must stay under a pseudonym. Called before the person's row is locked, which is
  /// the order that features lock in.
  virtual Task<void> forget(Transaction& tx, UserId person, Instant now) = 0;
};

}  // namespace insighta::identity
