#pragma once

#include "identity/domain/client.hpp"
#include "identity/domain/user.hpp"
#include "identity/services/pending_request.hpp"
#include "identity/services/settings.hpp"
#include "platform/async/task.hpp"
#include "platform/clock/clock.hpp"
#include "platform/outcome/result.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace insighta::identity {

class ClientService;
class SignInRepository;

/// The parameters of an authorization request as received.
using Parameters = std::multimap<std::string, std::string, std::less<>>;

/// What becomes of an authorization request (RFC 6749 section 4.1.1, with PKCE required).
struct CheckedRequest {
  PendingRequest request;
  Client client;
  bool wants_sign_in = false;              ///< prompt=login
  bool forbids_pages = false;              ///< prompt=none
  std::optional<Instant> signed_in_since;  ///< max_age: an older sign-in is not enough
  /// What the client is told by redirect, by its OAuth word; the request is then not to be granted.
  std::optional<Error> error;
};

/// Decides about authorization requests and makes codes.
class AuthorizationService {
 public:
  AuthorizationService(Settings const& settings, ClientService& clients, SignInRepository& sign_ins,
                       Clock const& clock);

  /// 400 when client or redirect are not ours: then nobody is redirected anywhere.
  Task<Result<CheckedRequest>> check(Parameters const& parameters);
  /// The short form of the command line (spec api.md section 2). 400 otherwise.
  Task<Result<PendingRequest>> check_short(Parameters const& parameters);

  /// The client of a request that waited, when it would still be accepted: administrators may have
  /// removed it or changed its redirects and scopes meanwhile.
  Task<std::optional<Client>> client_of(PendingRequest const& request);
  /// A code for the client, good for 60 seconds and one use.
  Task<std::string> issue_code(PendingRequest const& request, User const& user, Instant auth_time);

  /// A sealed copy of the request that only a page shown to this browser session holds: what the
  /// confirm page sends back.
  std::string make_ticket(PendingRequest const& request, std::string_view browser_session) const;
  /// 403 unless it was made for this browser session less than ten minutes ago.
  Result<PendingRequest> open_ticket(std::string_view ticket,
                                     std::string_view browser_session) const;

  /// `redirect_uri` with code, state and iss (RFC 9207).
  std::string success_redirect(PendingRequest const& request, std::string const& code) const;
  /// The same with error and its description.
  std::string error_redirect(PendingRequest const& request, Error const& error) const;

 private:
  std::optional<Error> check_details(Parameters const& parameters, Client const& client,
                                     CheckedRequest& checked) const;

  Settings const& settings_;
  ClientService& clients_;
  SignInRepository& sign_ins_;
  Clock const& clock_;
};

}  // namespace insighta::identity
