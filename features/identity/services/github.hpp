#pragma once

#include "identity/services/provider.hpp"
#include "platform/async/task.hpp"
#include "platform/outcome/result.hpp"

#include <string>
#include <string_view>

namespace insighta::http {
class Client;
struct ClientResponse;
}  // namespace insighta::http

namespace insighta::identity {

struct GitHubSettings {
  std::string provider;  ///< the name that its people are kept under
  std::string client_id;
  std::string client_secret;
  std::string web_base;  ///< https://github.com
  std::string api_base;  ///< https://api.github.com
  std::string callback;  ///< registered there
};

/// Sign-in at GitHub (spec auth.md section 7). Its answers are not trusted to have any shape.
class GitHub final : public Provider {
 public:
  GitHub(http::Client& client, GitHubSettings settings)
      : client_(client), settings_(std::move(settings)) {}

  std::string const& name() const override { return settings_.provider; }
  std::string const& title() const override;
  Task<Result<std::string>> authorize_url(ProviderQuestion question) override;
  /// Exchanges the code, reads who it is, and gives the token back.
  Task<Result<ProviderAccount>> redeem(ProviderAnswer answer) override;

 private:
  Task<Result<std::string>> exchange(std::string_view code, std::string_view code_verifier);
  Task<Result<ProviderAccount>> read_account(std::string const& token);
  Task<std::optional<std::string>> read_email(std::string const& token);
  Task<void> give_back(std::string const& token);
  Task<Result<http::ClientResponse>> get(std::string const& path, std::string const& token);

  http::Client& client_;
  GitHubSettings const settings_;
};

}  // namespace insighta::identity
