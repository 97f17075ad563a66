#include "wiring.hpp"

#include "booking_parts.hpp"
#include "chore.hpp"
#include "guard.hpp"
#include "identity_parts.hpp"
#include "operation_routes.hpp"
#include "platform/async/event_loop.hpp"
#include "platform/http/client.hpp"
#include "platform/http/peer_address.hpp"
#include "platform/http/server.hpp"
#include "platform/log/log.hpp"
#include "platform/metrics/metrics.hpp"
#include "platform/postgres/database.hpp"
#include "platform/postgres/migrations.hpp"
#include "platform/redis/redis_call_counts.hpp"
#include "platform/redis/redis_connection.hpp"
#include "profiles/handlers/profile_handlers.hpp"
#include "profiles/repositories/profile_repository.hpp"
#include "profiles/services/import_service.hpp"
#include "profiles/services/name_apis.hpp"
#include "profiles/services/profile_service.hpp"

#include <stdexcept>

namespace insighta::api {

namespace {

using namespace std::chrono_literals;

constexpr auto key_reload_interval = 1s;  // an emergency rotation counts everywhere within 2 s
constexpr auto sweep_interval = 1h;

profiles::NameApiSettings name_api_settings(Config const& config) {
  return {.genderize_url = config.genderize_base,
          .agify_url = config.agify_base,
          .nationalize_url = config.nationalize_base,
          .api_key = config.names_key.reveal(),
          .timeout = config.names_timeout};
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

std::optional<Error> map_exception(std::exception const& fault) {
  if (dynamic_cast<postgres::Unavailable const*>(&fault) == nullptr) return {};
  log::warning("the database is away", {{"what", fault.what()}});
  return unavailable("The database is away for the moment; try again", 1s, "DATABASE_UNAVAILABLE");
}

}  // namespace

struct Shared::State {
  State(Config const& configuration, Doors const& development_doors, Clock const& time)
      : config(configuration),
        doors(development_doors),
        clock(time),
        identity(configuration, development_doors) {
    metrics
        .gauge("insighta_development_identity_provider",
               "1 when anybody can sign in as anybody: never in production")
        .set(development_doors.fakes_github ? 1 : 0);
  }

  Config const& config;
  Doors const& doors;
  Clock const& clock;
  metrics::Registry metrics;
  http::CallCounts call_counts;
  SharedIdentity identity;
};

Shared::Shared(Config const& config, Doors const& doors, Clock const& clock)
    : state_(std::make_unique<State>(config, doors, clock)) {}

Shared::~Shared() = default;

namespace {

/// A worker's way to the counts that replicas share.
struct Redis {
  Redis(EventLoop& loop, Config const& config, metrics::Registry& metrics)
      : connection(loop, {.address = *config.redis, .patience = config.redis_timeout}, &metrics),
        counts(connection) {}

  redis::Connection connection;
  redis::CallCounts counts;
};

}  // namespace

/// In the order of construction: each thing uses what stands above it.
struct Worker::State {
  State(Shared::State& everything, std::uint16_t port)
      : shared(everything),
        database(loop,
                 {.connection_string = everything.config.database_url.reveal(),
                  .application_name = "insighta-api"},
                 &everything.metrics),
        outbound(loop),
        redis(everything.config.redis
                  ? std::make_unique<Redis>(loop, everything.config, everything.metrics)
                  : nullptr),
        limiter(everything.call_counts, redis ? &redis->counts : nullptr),
        identity({.config = everything.config,
                  .clock = everything.clock,
                  .limiter = limiter,
                  .shared = everything.identity,
                  .loop = loop,
                  .database = database,
                  .outbound = outbound}),
        booking({.config = everything.config,
                 .clock = everything.clock,
                 .database = database,
                 .accounts = identity.accounts()}),
        profile_store(database),
        name_apis(outbound, name_api_settings(everything.config)),
        profile_service(profile_store, name_apis, everything.clock),
        imports(loop, profile_store, everything.clock),
        profile_handlers(profile_service, imports),
        guard(identity.authenticator(), limiter, everything.config.user_per_minute),
        server(
            loop, server_settings(everything.config, port),
            [this](http::Request& request) { return answer(request); }, map_exception,
            &everything.metrics),
        key_chore(loop, key_reload_interval, "keeping the signing keys",
                  [this] { return identity.keep_keys(); }),
        sweep_chore(loop, sweep_interval, "deleting what expired",
                    [this] { return identity.sweep(); }),
        work_chore(loop, work_interval, "doing what became due",
                   [this] { return booking.work(); }) {
    identity.privacy().include(booking.personal_records());
    add_routes();
#ifdef INSIGHTA_DEVELOPMENT
    // What the socket is bound to, whatever the configuration says.
    if (shared.doors.fakes_github && !http::is_loopback_address(server.address()))
      throw std::runtime_error("--dev-fake-github: this is no loopback address: " +
                               server.address());
#endif
  }

  Task<http::Response> answer(http::Request& request) {
#ifdef INSIGHTA_DEVELOPMENT
    if (shared.doors.fakes_github) return answer_marked(request);
#endif
    return router.handle(request);
  }

#ifdef INSIGHTA_DEVELOPMENT
  /// Says on every answer who lets people in.
  Task<http::Response> answer_marked(http::Request& request) {
    auto response = co_await router.handle(request);
    response.headers.set("X-Development-Identity-Provider", "emulator");
    co_return response;
  }
#endif

  void add_routes() {
    for (auto routes : {operation_routes({.fakes_github = shared.doors.fakes_github,
                                          .find_obstacle = [this] { return find_obstacle(); },
                                          .metrics = &shared.metrics}),
                        identity.open_routes()})
      for (auto& route : routes) router.add(std::move(route));
    for (auto& route : identity.root_routes()) router.add(guard.around(std::move(route)));
    for (auto& route : identity.unversioned_routes())
      router.add_api(guard.around(std::move(route)), false);
    router.add_api(booking.payment_route());
    for (auto routes : {identity.api_routes(), booking.api_routes(), profile_handlers.routes()})
      for (auto& route : routes) router.add_api(guard.around(std::move(route)));
  }

  Task<std::optional<std::string>> find_obstacle() {
    if (!co_await database.is_reachable()) co_return "The database cannot be reached";
    if (is_schema_current) co_return std::nullopt;
    // Blocking, and only until somebody has run the migrations.
    is_schema_current = postgres::pending_migrations(shared.config.database_url.reveal(),
                                                     shared.config.migrations_folder)
                            .empty();
    if (!is_schema_current) co_return "The database waits for insighta-api migrate";
    co_return std::nullopt;
  }

  /// What one worker of the process does beside serving.
  void start_chores(bool works) {
    key_chore.start();
    sweep_chore.start();
    if (works) work_chore.start();
  }

  Task<void> drain(std::chrono::milliseconds grace) {
    for (auto* const chore : {&key_chore, &sweep_chore, &work_chore}) chore->stop();
    co_await server.drain(grace);
    co_await database.close();
    if (redis) co_await redis->connection.close();
    loop.stop();
  }

  Shared::State& shared;
  EventLoop loop;
  postgres::Database database;
  http::Client outbound;
  std::unique_ptr<Redis> redis;
  http::RateLimiter limiter;
  IdentityParts identity;
  BookingParts booking;
  profiles::ProfileRepository profile_store;
  profiles::NameApis name_apis;
  profiles::ProfileService profile_service;
  profiles::ImportService imports;
  profiles::ProfileHandlers profile_handlers;
  Guard guard;
  http::Router router;
  http::Server server;
  Chore key_chore;
  Chore sweep_chore;
  Chore work_chore;
  bool is_schema_current = false;
};

Worker::Worker(Shared& shared, std::uint16_t port)
    : state_(std::make_unique<State>(*shared.state_, port)) {}

Worker::~Worker() = default;

std::uint16_t Worker::port() const {
  return state_->server.port();
}

std::vector<http::Router::Listing> Worker::routes() const {
  return state_->router.listing();
}

void Worker::prepare_process(ServeOptions const& options) {
  state_->loop.run_until_done(state_->identity.prepare());
  state_->start_chores(options.works);
}

void Worker::run() {
  state_->server.start();
  state_->loop.run();
}

void Worker::drain_and_stop(std::chrono::milliseconds grace) {
  state_->loop.post([state = state_.get(), grace] { state->loop.spawn(state->drain(grace)); });
}

}  // namespace insighta::api
