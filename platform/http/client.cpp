#include "platform/http/client.hpp"

#include "platform/http/curl_loop.hpp"
#include "platform/http/exchange.hpp"

#include <map>
#include <string>
#include <string_view>

namespace insighta::http {

namespace {

using Monotonic = std::chrono::steady_clock;

/// How one host has behaved lately.
struct Breaker {
  std::size_t failures = 0;
  Monotonic::time_point open_until{};
};

std::string host_of(std::string_view url) {
  auto const start = url.find("://");
  if (start == url.npos) return std::string{url};
  return std::string{url.substr(0, url.find_first_of("/?#", start + 3))};
}

}  // namespace

struct Client::State {
  State(EventLoop& loop, ClientSettings given)
      : settings(std::move(given)), curl(loop, settings.max_connections_per_host) {}

  /// An open breaker lets one probe through per pause.
  bool may_ask(std::string const& host) {
    if (settings.circuit_breaker_failures == 0) return true;
    auto& breaker = breakers[host];
    if (breaker.failures < settings.circuit_breaker_failures) return true;
    auto const now = Monotonic::now();
    if (now < breaker.open_until) return false;
    breaker.open_until = now + settings.circuit_open_for;
    return true;
  }

  void note(std::string const& host, Exchange const& exchange) {
    auto& breaker = breakers[host];
    if (!exchange.counts_against_host()) {
      breaker.failures = 0;
      return;
    }
    if (++breaker.failures == settings.circuit_breaker_failures)
      breaker.open_until = Monotonic::now() + settings.circuit_open_for;
  }

  ClientSettings const settings;
  CurlLoop curl;
  std::map<std::string, Breaker> breakers;
};

Client::Client(EventLoop& loop, ClientSettings settings)
    : state_(std::make_unique<State>(loop, std::move(settings))) {}

Client::~Client() = default;

namespace {

Error circuit_open() {
  return unavailable("The other server has failed too often; it is left alone for a moment",
                     std::chrono::seconds{5}, "UPSTREAM_UNREACHABLE");
}

}  // namespace

Task<Result<ClientResponse>> Client::send(ClientRequest request) {
  auto const host = host_of(request.url);
  if (!state_->may_ask(host)) co_return fail(circuit_open());
  auto const exchange =
      std::make_shared<Exchange>(state_->curl, std::move(request), state_->settings, false);
  exchange->start();
  co_await exchange->end();
  if (!exchange->is_abandoned()) state_->note(host, *exchange);  // else the client is gone
  if (exchange->is_failed()) co_return fail(exchange->error());
  co_return exchange->take_response();
}

Task<Result<StreamingResponse>> Client::open(ClientRequest request) {
  auto const host = host_of(request.url);
  if (!state_->may_ask(host)) co_return fail(circuit_open());
  auto const exchange =
      std::make_shared<Exchange>(state_->curl, std::move(request), state_->settings, true);
  exchange->start();
  co_await exchange->head();
  if (!exchange->is_abandoned()) state_->note(host, *exchange);  // else the client is gone
  if (exchange->is_failed()) co_return fail(exchange->error());
  co_return exchange->stream_response();
}

}  // namespace insighta::http
