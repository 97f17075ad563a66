#pragma once

#include "api/api_client.hpp"
#include "credentials/credential_store.hpp"
#include "credentials/token_source.hpp"
#include "platform/clock/clock.hpp"
#include "platform/outcome/result.hpp"
#include "platform/transfer/transfer.hpp"

#include <functional>
#include <optional>
#include <string>

namespace insighta::cli {

enum class Output { table, json, csv };

/// What the person typed before and around the command, and what the command line chose to run.
struct Program {
  Output output = Output::table;
  std::optional<std::string> api_url;  ///< --api-url
  std::function<Result<void>()> chosen;
};

/// What commands work with: made when a command runs, so that --help touches no file.
class Connection {
 public:
  /// Decides which API is meant: flag, INSIGHTA_API_URL, where somebody signed in last, localhost.
  static Result<std::unique_ptr<Connection>> make(Program const& program);

  std::string const& api_url() const { return api_url_; }
  bool has_fixed_token() const { return has_fixed_token_; }
  ApiClient& api() { return api_; }
  transfer::Transfers& transfers() { return transfers_; }
  CredentialStore const& store() const { return store_; }
  Clock const& clock() const { return clock_; }

 private:
  Connection(CredentialStore store, std::string api_url, std::optional<std::string> fixed_token);

  SystemClock clock_;
  transfer::Transfers transfers_;
  CredentialStore store_;
  std::string api_url_;
  bool has_fixed_token_;
  TokenSource tokens_;
  ApiClient api_;
};

}  // namespace insighta::cli
