#include "identity_parts.hpp"

#include "environment.hpp"
#include "key_settings.hpp"
#include "platform/http/client.hpp"
#include "platform/postgres/database.hpp"
#include "route_lists.hpp"

namespace insighta::api {

namespace {

identity::Settings settings_from(Config const& config, Doors const& doors) {
  identity::Settings settings{.issuer = config.issuer,
                              .portal_url = config.portal_url,
                              .key_encryption_key = config.key_encryption_key,
                              .is_development = config.is_development,
                              .provider = doors.fakes_github ? "github-dev" : "github",
                              .bootstrap_admins = {},
                              .default_role = config.default_role,
                              .device_flow_denied_roles = config.device_flow_denied_roles,
                              .refresh_idle = config.refresh_idle,
                              .session_max = config.session_max,
                              .refresh_reuse_leeway = config.refresh_reuse_leeway};
  for (auto const id : config.bootstrap_admins)
    settings.bootstrap_admins.insert(std::to_string(id));
  return settings;
}

identity::GitHubSettings github_settings(Config const& config, identity::Settings const& settings) {
  return {.provider = settings.provider,
          .client_id = config.github_client_id,
          .client_secret = config.github_client_secret.reveal(),
          .web_base = config.github_web_base,
          .api_base = config.github_api_base,
          .callback = config.issuer + "/auth/github/callback"};
}

std::vector<std::unique_ptr<identity::OpenIdProvider>> make_openid_providers(Config const& config,
                                                                             http::Client& outbound,
                                                                             Clock const& clock) {
  std::vector<std::unique_ptr<identity::OpenIdProvider>> providers;
  for (auto const& provider : config.openid_providers)
    providers.push_back(std::make_unique<identity::OpenIdProvider>(
        outbound,
        identity::OpenIdSettings{
            .name = provider.name,
            .title = provider.title,
            .issuer = provider.issuer,
            .client_id = provider.client_id,
            .client_secret = provider.client_secret.reveal(),
            .callback = config.issuer + "/auth/oidc/" + provider.name + "/callback"},
        clock));
  return providers;
}

}  // namespace

SharedIdentity::SharedIdentity(Config const& config, Doors const& doors)
    : settings(settings_from(config, doors)),
      keys(config.key_encryption_key, config.is_development),
      pages(doors.fakes_github, config.session_max) {}

IdentityParts::IdentityParts(Surroundings around)
    : around_(around),
      users_(around.database),
      sessions_(around.database),
      sign_ins_(around.database),
      clients_(around.database),
      consent_store_(around.database),
      device_store_(around.database),
      key_store_(around.database),
      privacy_store_(around.database),
      audit_(around.database),
      key_rotation_(key_settings(around.config), around.shared.keys, key_store_, audit_,
                    around.database, around.clock),
      access_tokens_(around.shared.keys, key_store_, around.loop, around.config.issuer),
      authenticator_(access_tokens_, sessions_, around.clock),
      github_(around.outbound, github_settings(around.config, around.shared.settings)),
      openid_providers_(make_openid_providers(around.config, around.outbound, around.clock)),
      client_service_(clients_, around.clock),
      sign_in_service_(around.shared.settings, providers(), sign_ins_, users_, audit_,
                       around.database, around.clock),
      authorization_(around.shared.settings, client_service_, sign_ins_, around.clock),
      opener_(around.shared.settings, access_tokens_, sessions_, audit_),
      tokens_(around.shared.settings, access_tokens_, opener_, sessions_, sign_ins_, users_, audit_,
              around.database, around.clock),
      accounts_(users_, sessions_, sign_ins_, audit_, around.database, around.clock),
      privacy_(accounts_, privacy_store_, users_, audit_, around.database, around.clock),
      consents_(consent_store_, sessions_, sign_ins_, audit_, around.database, around.clock),
      registry_(clients_, consent_store_, sessions_, sign_ins_, audit_, around.database,
                around.clock),
      devices_(around.shared.settings, device_store_, client_service_, consents_, users_, opener_,
               audit_, around.database, around.clock),
      authorize_handlers_({.authorization = authorization_,
                           .sign_ins = sign_in_service_,
                           .clients = client_service_,
                           .consents = consents_,
                           .tokens = tokens_,
                           .pages = around.shared.pages,
                           .limiter = around.limiter,
                           .settings = around.shared.settings,
                           .auth_per_minute = around.config.auth_per_minute}),
      device_handlers_({.devices = devices_,
                        .sign_ins = sign_in_service_,
                        .authorize = authorize_handlers_,
                        .pages = around.shared.pages,
                        .settings = around.shared.settings,
                        .clock = around.clock}),
      link_handlers_({.accounts = accounts_,
                      .sign_ins = sign_in_service_,
                      .authorize = authorize_handlers_,
                      .pages = around.shared.pages,
                      .settings = around.shared.settings}),
      token_handlers_({.tokens = tokens_,
                       .devices = devices_,
                       .clients = client_service_,
                       .keys = around.shared.keys,
                       .limiter = around.limiter,
                       .settings = around.shared.settings,
                       .auth_per_minute = around.config.auth_per_minute,
                       .client_per_minute = around.config.client_per_minute,
                       .refreshes_per_minute = around.config.user_per_minute}),
      short_forms_({.tokens = tokens_,
                    .clients = client_service_,
                    .limiter = around.limiter,
                    .auth_per_minute = around.config.auth_per_minute,
                    .refreshes_per_minute = around.config.user_per_minute}),
      account_handlers_(accounts_, privacy_),
      client_handlers_(registry_, consents_) {}

/// GitHub first.
std::vector<identity::Provider*> IdentityParts::providers() {
  std::vector<identity::Provider*> all = {&github_};
  for (auto const& provider : openid_providers_) all.push_back(provider.get());
  return all;
}

std::vector<http::Route> IdentityParts::open_routes() {
  return together(authorize_handlers_.routes(), device_handlers_.routes(), link_handlers_.routes(),
                  token_handlers_.routes(), short_forms_.routes());
}

std::vector<identity::GuardedRoute> IdentityParts::api_routes() {
  return together(account_handlers_.api_routes(), client_handlers_.api_routes());
}

Task<void> IdentityParts::prepare() {
  co_await claim_database(key_store_, around_.config.is_development);
  co_await keep_keys();
  co_await client_service_.register_own(around_.config.portal_url + "/login/callback",
                                        around_.config.portal_client_secret.reveal());
}

Task<void> IdentityParts::keep_keys() {
  co_await key_rotation_.run();
  co_await around_.shared.keys.load(key_store_);
}

Task<void> IdentityParts::sweep() {
  co_await sign_in_service_.sweep();
  co_await tokens_.sweep();
  co_await devices_.sweep();
}

}  // namespace insighta::api
