#pragma once

#include "identity/domain/actor.hpp"
#include "identity/domain/client.hpp"
#include "identity/domain/session.hpp"
#include "platform/async/task.hpp"
#include "platform/clock/clock.hpp"
#include "platform/transaction/transaction.hpp"

#include <optional>
#include <string>
#include <vector>

namespace insighta::identity {

class AuditRepository;
class ClientRepository;
class ConsentRepository;
class SessionRepository;
class SignInRepository;

/// What an administrator says of a new application.
struct NewClient {
  std::string name;
  bool is_confidential = true;
  std::vector<std::string> redirect_uris;
  std::vector<GrantType> grants;
  std::vector<Scope> scopes;
};

/// What is empty stays.
struct ClientChange {
  std::optional<std::string> name;
  std::optional<std::vector<std::string>> redirect_uris;
  std::optional<std::vector<Scope>> scopes;
  bool rotates_secret = false;
};

/// A client, and its secret when it was just made: the only time that anybody sees it.
struct RegisteredClient {
  Client client;
  std::optional<std::string> secret;
};

/// The applications that people sign in with, as administrators keep them. Whether the actor has
/// the permission is checked before, from the route table. The product's own are configured
/// elsewhere: 409 `FIRST_PARTY_CLIENT`.
class ClientRegistry {
 public:
  ClientRegistry(ClientRepository& clients, ConsentRepository& consents,
                 SessionRepository& sessions, SignInRepository& sign_ins, AuditRepository& audit,
                 Transactions& transactions, Clock const& clock);

  Task<std::vector<Client>> list();
  Task<Result<Client>> find(std::string_view client_id);
  /// 422 with the fields that are wrong.
  Task<Result<RegisteredClient>> add(Actor const& actor, NewClient wanted, Origin const& origin);
  /// Sessions that may do more than the application may from now on end.
  Task<Result<RegisteredClient>> change(Actor const& actor, std::string_view client_id,
                                        ClientChange change, Origin const& origin);
  /// Its sessions, codes and consents end with it.
  Task<Result<void>> remove(Actor const& actor, std::string_view client_id, Origin const& origin);

 private:
  Task<Result<Client>> lock(Transaction& tx, std::string_view client_id);

  ClientRepository& clients_;
  ConsentRepository& consents_;
  SessionRepository& sessions_;
  SignInRepository& sign_ins_;
  AuditRepository& audit_;
  Transactions& transactions_;
  Clock const& clock_;
};

}  // namespace insighta::identity
