#include "platform/http/curl_loop.hpp"

#include "platform/http/exchange.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>

#include <mutex>
#include <utility>
#include <vector>

namespace insighta::http {

namespace {

using Descriptor = boost::asio::posix::stream_descriptor;

void initialize_once() {
  static std::once_flag once;
  std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
}

}  // namespace

/// A socket of libcurl's: never closed here. Shared with queued handlers, which may outlive it.
struct CurlLoop::Watch {
  Watch(boost::asio::io_context& context, curl_socket_t native)
      : socket(native), descriptor(context, native) {}

  curl_socket_t socket;
  Descriptor descriptor;
  int wanted = 0;
  bool is_reading = false;
  bool is_writing = false;
  bool is_forgotten = false;
};

CurlLoop::CurlLoop(EventLoop& loop, std::size_t max_connections_per_host)
    : loop_(loop), multi_((initialize_once(), curl_multi_init())), timer_(loop) {
  curl_multi_setopt(multi_, CURLMOPT_SOCKETFUNCTION, &CurlLoop::on_socket);
  curl_multi_setopt(multi_, CURLMOPT_SOCKETDATA, this);
  curl_multi_setopt(multi_, CURLMOPT_TIMERFUNCTION, &CurlLoop::on_timer);
  curl_multi_setopt(multi_, CURLMOPT_TIMERDATA, this);
  curl_multi_setopt(multi_, CURLMOPT_MAX_HOST_CONNECTIONS,
                    static_cast<long>(max_connections_per_host));
}

CurlLoop::~CurlLoop() {
  for (auto const& [easy, exchange] : exchanges_) {
    curl_multi_remove_handle(multi_, easy);
    exchange->abandon();
  }
  curl_multi_cleanup(multi_);
  for (auto const& [socket, watched] : watches_) {
    watched->is_forgotten = true;
    watched->descriptor.release();
  }
}

void CurlLoop::add(Exchange& exchange) {
  exchanges_[exchange.easy()] = &exchange;
  curl_multi_add_handle(multi_, exchange.easy());
}

void CurlLoop::remove(Exchange& exchange) {
  if (exchanges_.erase(exchange.easy()) != 0) curl_multi_remove_handle(multi_, exchange.easy());
}

int CurlLoop::on_socket(CURL*, curl_socket_t socket, int what, void* self, void*) {
  static_cast<CurlLoop*>(self)->watch(socket, what);
  return 0;
}

int CurlLoop::on_timer(CURLM*, long timeout_ms, void* self) {
  auto& curl = *static_cast<CurlLoop*>(self);
  if (timeout_ms < 0)
    curl.timer_.cancel();
  else
    curl.timer_.start(std::chrono::milliseconds{timeout_ms},
                      [&curl] { curl.act(CURL_SOCKET_TIMEOUT, 0); });
  return 0;
}

void CurlLoop::watch(curl_socket_t socket, int what) {
  auto it = watches_.find(socket);
  if (what == CURL_POLL_REMOVE) {
    if (it == watches_.end()) return;
    it->second->is_forgotten = true;
    it->second->descriptor.release();
    watches_.erase(it);
    return;
  }
  if (it == watches_.end())
    it = watches_.emplace(socket, std::make_shared<Watch>(loop_.native(), socket)).first;
  it->second->wanted = what;
  wait(it->second);
}

void CurlLoop::wait(std::shared_ptr<Watch> const& watched) {
  auto const await = [this, watched](Descriptor::wait_type type, bool Watch::* flag, int event) {
    if (std::exchange((*watched).*flag, true)) return;
    watched->descriptor.async_wait(type, [this, watched, flag, event](boost::system::error_code) {
      (*watched).*flag = false;
      if (watched->is_forgotten) return;
      act(watched->socket, event);
      if (!watched->is_forgotten) wait(watched);
    });
  };
  if ((watched->wanted & CURL_POLL_IN) != 0)
    await(Descriptor::wait_read, &Watch::is_reading, CURL_CSELECT_IN);
  if ((watched->wanted & CURL_POLL_OUT) != 0)
    await(Descriptor::wait_write, &Watch::is_writing, CURL_CSELECT_OUT);
}

void CurlLoop::act(curl_socket_t socket, int events) {
  int running = 0;
  curl_multi_socket_action(multi_, socket, events, &running);
  std::vector<std::pair<std::shared_ptr<Exchange>, CURLcode>> finished;
  int left = 0;
  while (auto const* message = curl_multi_info_read(multi_, &left)) {
    if (message->msg != CURLMSG_DONE) continue;
    if (auto const it = exchanges_.find(message->easy_handle); it != exchanges_.end())
      finished.emplace_back(it->second->shared_from_this(), message->data.result);
  }
  for (auto const& [exchange, code] : finished) exchange->finish(code);
}

}  // namespace insighta::http
