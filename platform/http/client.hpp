#pragma once

#include "platform/async/event_loop.hpp"
#include "platform/http/body_stream.hpp"
#include "platform/http/headers.hpp"
#include "platform/http/method.hpp"

#include <chrono>
#include <memory>
#include <string>

namespace insighta::http {

struct ClientRequest {
  Method method = Method::get;
  std::string url;
  Headers headers = {};
  std::string body = {};
  BodyStream* upload = nullptr;  ///< instead of body; see Client
  std::chrono::milliseconds connect_timeout{3'000};
  std::chrono::milliseconds timeout{10'000};  ///< whole exchange; for open(): without progress
  std::size_t max_response_bytes = 4 << 20;   ///< for send()
};

struct ClientResponse {
  int status = 0;
  Headers headers;
  std::string body;
};

/// A response whose body is still arriving.
struct StreamingResponse {
  int status = 0;
  Headers headers;
  std::unique_ptr<BodyStream> body;
};

struct ClientSettings {
  std::string user_agent = "insighta";
  std::size_t max_connections_per_host = 64;
  /// A host that failed this often in a row is not asked again for `open_for` (one probe then).
  std::size_t circuit_breaker_failures = 5;  ///< 0: no breaker
  std::chrono::milliseconds circuit_open_for{5'000};
};

/// Outbound HTTP of one event loop over pooled connections (libcurl). Never follows redirects,
/// never sends a request twice after bytes of it left (except GET and HEAD, once, when a pooled
/// connection turns out to be closed). A status of any kind is a response; no
/// response (refused, timeout, too large, circuit open) is an Error of kind unavailable with code
/// UPSTREAM_UNREACHABLE or UPSTREAM_TIMEOUT. An upload must outlive send(), or with open() the
/// failure or the last next() of the body. A client that goes fails what is still under way.
class Client {
 public:
  explicit Client(EventLoop& loop, ClientSettings settings = {});
  ~Client();

  Task<Result<ClientResponse>> send(ClientRequest request);
  Task<Result<StreamingResponse>> open(ClientRequest request);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace insighta::http
