#include "access_tokens.hpp"
#include "controls.hpp"
#include "device_flow.hpp"
#include "faults.hpp"
#include "name_services.hpp"
#include "platform/async/event_loop.hpp"
#include "platform/async/stop_signals.hpp"
#include "platform/http/peer_address.hpp"
#include "platform/http/server.hpp"
#include "platform/log/log.hpp"
#include "sign_in_pages.hpp"
#include "user_api.hpp"

#include <CLI/CLI.hpp>

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>

namespace {

using namespace insighta;
using namespace insighta::emulator;

bool is_development() {
  char const* const env = std::getenv("INSIGHTA_ENV");
  return env != nullptr && std::string_view{env} == "dev";
}

/// Says on every answer what this is.
Task<http::Response> marked(http::Router const& router, http::Request& request) {
  auto response = co_await router.handle(request);
  response.headers.set("X-Development-Identity-Provider", "emulator");
  co_return response;
}

void serve(std::string const& address, std::uint16_t port) {
  StopSignals const stop_signals;
  EventLoop loop;
  People people;
  Grants grants;
  OAuthApp app;
  Faults faults(loop, grants);
  Controls controls(app, people);
  SignInPages pages(app, people, grants);
  DeviceFlow devices(app, people, grants);
  AccessTokens tokens(people, grants, devices);
  UserApi users(people, grants);
  http::Router router;
  for (auto routes : {pages.routes(), devices.routes(), tokens.routes(), users.routes(),
                      name_service_routes(), faults.routes(), controls.routes()})
    for (auto& route : routes) router.add(std::move(route));

  auto handler =
      faults.around([&router](http::Request& request) { return marked(router, request); });
  http::Server server(loop, {.address = address, .port = port}, std::move(handler),
                      [](std::exception const&) { return std::nullopt; });
  // What the socket was bound to, whatever was asked for.
  if (!http::is_loopback_address(server.address()))
    throw std::runtime_error("--address: expected a loopback address (127.x.y.z or ::1)");
  server.start();
  log::warning("DEVELOPMENT: a GitHub that lets anybody in as anybody",
               {{"address", address}, {"port", std::int64_t{server.port()}}});
  std::jthread worker([&loop] { loop.run(); });
  stop_signals.wait();
  loop.stop();
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app{"GitHub and the name services for development, on a loopback address only"};
  app.set_version_flag("--version", "insighta-emulator " INSIGHTA_VERSION);
  std::string address = "127.0.0.2";
  std::uint16_t port = 9090;
  app.add_option("--address", address, "A loopback address")->capture_default_str();
  app.add_option("--port", port, "Where to listen")->capture_default_str();
  CLI11_PARSE(app, argc, argv);

  if (!is_development()) {
    std::fputs("insighta-emulator: set INSIGHTA_ENV=dev: it is for development only\n", stderr);
    return EXIT_FAILURE;
  }
  try {
    serve(address, port);
    return EXIT_SUCCESS;
  } catch (std::exception const& fault) {
    log::flush();
    std::fprintf(stderr, "insighta-emulator: %s\n", fault.what());
    return EXIT_FAILURE;
  }
}
