#include "wiring.hpp"

#include "backend/api_client.hpp"
#include "backend/authorization_server.hpp"
#include "imports/imports.hpp"
#include "pages/pages.hpp"
#include "platform/crypto/crypto.hpp"
#include "platform/html/page.hpp"
#include "platform/http/router.hpp"
#include "platform/http/server.hpp"
#include "platform/log/log.hpp"
#include "platform/metrics/metrics.hpp"
#include "platform/postgres/database.hpp"
#include "session/session_store.hpp"
#include "session/sessions.hpp"
#include "site/assets.hpp"
#include "site/gate.hpp"
#include "site/site.hpp"

namespace insighta::templates {
std::span<html::EmbeddedTemplate const> portal();
}

namespace insighta::portal {

using namespace std::chrono_literals;

struct Shared::State {
  State(Config const& configuration, Clock const& the_clock)
      : config(configuration),
        clock(the_clock),
        templates(insighta::templates::portal()),
        site{config, clock, templates,
             crypto::derive_key(config.session_key, "insighta portal forms")} {}

  Config const& config;
  Clock const& clock;
  html::Templates templates;
  metrics::Registry metrics;
  Site site;
};

Shared::Shared(Config const& config, Clock const& clock)
    : state_(std::make_unique<State>(config, clock)) {}
Shared::~Shared() = default;

namespace {

constexpr auto between_sweeps = 60s;

postgres::Settings database_settings(Config const& config) {
  postgres::Settings settings;
  settings.connection_string = config.database_url.reveal();
  settings.application_name = "insighta-portal";
  settings.transaction_connections = 1;
  settings.bulk_connections = 1;
  return settings;
}

http::ClientSettings client_settings() {
  http::ClientSettings settings;
  settings.user_agent = "insighta-portal/" INSIGHTA_VERSION;
  // Pages of the whole site would wait for one failure to be forgotten; each request has its own
  // deadline.
  settings.circuit_breaker_failures = 0;
  return settings;
}

http::ServerSettings server_settings(Config const& config, std::uint16_t port) {
  http::ServerSettings settings;
  settings.address = config.address;
  settings.port = port;
  settings.trusted_proxies = config.trusted_proxies;
  settings.tls_certificate_file = config.tls_certificate_file;
  settings.tls_key_file = config.tls_key_file;
  return settings;
}

Task<http::Response> answer_health(http::Request&) {
  co_return http::text_response(200, "ok\n");
}

Task<http::Response> answer_asset(http::Request& request) {
  co_return serve_asset(request);
}

}  // namespace

/// Members in the order in which each needs those above it.
struct Worker::State {
  State(Shared::State& shared_state, std::uint16_t port)
      : shared(shared_state),
        database(loop, database_settings(shared.config), &shared.metrics),
        client(loop, client_settings()),
        api(client, shared.config.api_url),
        authorization_server(client, shared.config, shared.clock),
        store(database, shared.config.session_key),
        sessions(loop, store, authorization_server, shared.clock),
        import_store(database),
        imports(loop, api, import_store, shared.clock),
        backend{loop, api, authorization_server, sessions, store, imports},
        gate(shared.site, backend),
        sweep_timer(loop) {
    add_routes();
    server.emplace(
        loop, server_settings(shared.config, port),
        [this](http::Request& request) { return answer(request); },
        [](std::exception const&) { return std::optional<Error>{}; }, &shared.metrics);
  }

  void add_routes() {
    using enum http::Method;
    router.add({get, "/healthz", answer_health});
    router.add({get, "/readyz", [this](http::Request&) { return answer_ready(); }});
    router.add({get, "/metrics", [this](http::Request&) { return answer_metrics(); }});
    router.add({get, "/assets/{file}", answer_asset});
    for (auto const& table : {sign_in_pages(), account_pages(), dashboard_pages(), profile_pages(),
                              profile_admin_pages(), import_pages(), people_pages(), app_pages(),
                              audit_pages(), booking_admin_pages(), integrity_pages()})
      for (auto const& route : table) router.add(gate.open(route));
  }

  /// What the router answers itself is for programs; people get a page.
  Task<http::Response> answer(http::Request& request) {
    auto response = co_await router.handle(request);
    if (response.status < 400 || response.headers.get("Content-Type") != "application/json")
      co_return response;
    co_return co_await gate.page_for(request, std::move(response));
  }

  Task<http::Response> answer_ready() {
    auto const is_ready = co_await database.is_reachable();
    co_return http::text_response(is_ready ? 200 : 503, is_ready ? "ready\n" : "database away\n");
  }

  Task<http::Response> answer_metrics() {
    auto response = http::text_response(200, shared.metrics.expose());
    response.headers.set("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
    co_return response;
  }

  void sweep_later() {
    sweep_timer.start(between_sweeps, [this] { loop.spawn(sweep()); });
  }

  Task<void> sweep() {
    try {
      co_await store.remove_expired(shared.clock.now());
      co_await import_store.remove_expired(shared.clock.now());
    } catch (std::exception const& fault) {
      log::warning("expired sessions not removed", {{"reason", fault.what()}});
    }
    sweep_later();
  }

  Task<void> drain(std::chrono::milliseconds grace) {
    sweep_timer.cancel();
    co_await server->drain(grace);
    co_await database.close();
    loop.stop();
  }

  Shared::State& shared;
  EventLoop loop;
  postgres::Database database;
  http::Client client;
  ApiClient api;
  AuthorizationServer authorization_server;
  SessionStore store;
  Sessions sessions;
  ImportStore import_store;
  Imports imports;
  Backend backend;
  Gate gate;
  http::Router router;
  Timer sweep_timer;
  std::optional<http::Server> server;
};

Worker::Worker(Shared& shared, std::uint16_t port)
    : state_(std::make_unique<State>(*shared.state_, port)) {}
Worker::~Worker() = default;

std::uint16_t Worker::port() const {
  return state_->server->port();
}

void Worker::run() {
  state_->server->start();
  state_->sweep_later();
  state_->loop.run();
}

void Worker::drain_and_stop(std::chrono::milliseconds grace) {
  state_->loop.post([this, grace] { state_->loop.spawn(state_->drain(grace)); });
}

}  // namespace insighta::portal
