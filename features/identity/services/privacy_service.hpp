#pragma once

#include "identity/domain/actor.hpp"
#include "identity/domain/session.hpp"
#include "platform/async/task.hpp"
#include "platform/clock/clock.hpp"
#include "platform/outcome/result.hpp"
#include "platform/transaction/transaction.hpp"

#include <string>
#include <vector>

namespace insighta::identity {

class AccountService;
class AuditRepository;
class PersonalRecords;
class PrivacyRepository;
class UserRepository;

/// What a person may ask of whoever keeps their data (spec auth.md section 8).
class PrivacyService {
 public:
  PrivacyService(AccountService& accounts, PrivacyRepository& privacy, UserRepository& users,
                 AuditRepository& audit, Transactions& transactions, Clock const& clock)
      : accounts_(accounts),
        privacy_(privacy),
        users_(users),
        audit_(audit),
        transactions_(transactions),
        clock_(clock) {}

  /// From now on these are handed out and forgotten as well.
  void include(PersonalRecords& records) { elsewhere_.push_back(&records); }

  /// All that is kept of the actor, as one JSON document.
  Task<std::string> collect(Actor const& actor);
  /// Forgets the actor: sign-ins, devices, consents and names go, and what other features keep; a
  /// pseudonym stays. 409 `LAST_ADMIN` when no active admin would be left.
  Task<Result<void>> forget(Actor const& actor, Origin const& origin);

 private:
  AccountService& accounts_;
  PrivacyRepository& privacy_;
  UserRepository& users_;
  AuditRepository& audit_;
  Transactions& transactions_;
  Clock const& clock_;
  std::vector<PersonalRecords*> elsewhere_;
};

}  // namespace insighta::identity
