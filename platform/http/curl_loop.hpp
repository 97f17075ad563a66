#pragma once

#include "platform/async/event_loop.hpp"

#include <curl/curl.h>

#include <map>
#include <memory>

namespace insighta::http {

class Exchange;

/// libcurl's multi interface driven by an event loop: it says which sockets and which time to wait
/// for, we say when they are ready.
class CurlLoop {
 public:
  CurlLoop(EventLoop& loop, std::size_t max_connections_per_host);
  ~CurlLoop();
  CurlLoop(CurlLoop const&) = delete;
  CurlLoop& operator=(CurlLoop const&) = delete;

  void add(Exchange& exchange);
  void remove(Exchange& exchange);
  EventLoop& loop() { return loop_; }

 private:
  struct Watch;
  static int on_socket(CURL*, curl_socket_t socket, int what, void* self, void*);
  static int on_timer(CURLM*, long timeout_ms, void* self);

  void watch(curl_socket_t socket, int what);
  void wait(std::shared_ptr<Watch> const& watched);
  void act(curl_socket_t socket, int events);

  EventLoop& loop_;
  CURLM* multi_;
  Timer timer_;
  std::map<curl_socket_t, std::shared_ptr<Watch>> watches_;
  std::map<CURL*, Exchange*> exchanges_;
};

}  // namespace insighta::http
