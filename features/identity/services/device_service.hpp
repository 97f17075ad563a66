#pragma once

#include "identity/domain/client.hpp"
#include "identity/domain/device_grant.hpp"
#include "identity/services/session_opener.hpp"
#include "identity/services/sign_in_service.hpp"
#include "platform/clock/clock.hpp"

#include <string>
#include <string_view>

namespace insighta::identity {

class ClientService;
class ConsentService;
class DeviceRepository;
class UserRepository;

/// What the device is told (RFC 8628 section 3.2).
struct BegunDeviceGrant {
  std::string device_code;
  std::string user_code;  ///< XXXX-XXXX
  std::chrono::seconds expires_in;
  std::chrono::seconds interval;
};

/// Who types a user code: the browser in front of which a person is.
struct DeviceVisitor {
  SignedIn signed_in;
  std::string_view browser_session;
  Origin origin;
};

/// What the person is shown before they decide.
struct DeviceRequest {
  DeviceGrant grant;
  Client client;
};

/// Signing in on a device without a browser (RFC 8628, spec auth.md section 2).
class DeviceService {
 public:
  DeviceService(Settings const& settings, DeviceRepository& devices, ClientService& clients,
                ConsentService& consents, UserRepository& users, SessionOpener& opener,
                AuditRepository& audit, Transactions& transactions, Clock const& clock);

  Task<BegunDeviceGrant> begin(Client const& client, std::vector<Scope> scopes,
                               Origin const& origin);
  /// Errors by their OAuth words: authorization_pending, slow_down (five seconds are then added to
  /// the interval), access_denied, expired_token, invalid_grant.
  Task<Result<IssuedTokens>> redeem(Client const& client, std::string_view device_code,
                                    Origin const& origin);

  /// Looks a typed code up. 404 when nobody was shown it; 429 after 5 wrong ones of this browser
  /// session, 10 of this address or 100 of everybody.
  Task<Result<DeviceRequest>> find(std::string_view typed, DeviceVisitor const& visitor);
  /// Approves or declines; 409 when it was decided before. 403 `FRESH_SIGN_IN_NEEDED` for admins
  /// who signed in ten minutes ago or earlier, `DEVICE_FLOW_OFF` for roles that may not.
  Task<Result<DeviceRequest>> decide(std::string_view typed, bool approves,
                                     DeviceVisitor const& visitor);

  /// Called every hour.
  Task<void> sweep();

 private:
  Result<void> check_person(User const& user, Instant auth_time, Instant now) const;
  std::string hash_of_user_code(std::string_view letters) const;
  Task<Result<Result<GrantedTokens>>> redeem_in(Transaction& tx, Client const& client,
                                                std::string_view device_code, Origin const& origin,
                                                Instant now);
  Task<Result<DeviceGrant>> decide_in(Transaction& tx, std::string_view letters, bool approves,
                                      DeviceVisitor const& visitor, Instant now);

  Settings const& settings_;
  DeviceRepository& devices_;
  ClientService& clients_;
  ConsentService& consents_;
  UserRepository& users_;
  SessionOpener& opener_;
  AuditRepository& audit_;
  Transactions& transactions_;
  Clock const& clock_;
};

}  // namespace insighta::identity
