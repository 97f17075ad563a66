#pragma once

#include "platform/async/completion.hpp"
#include "platform/async/event_loop.hpp"
#include "platform/http/client.hpp"

#include <curl/curl.h>

#include <memory>
#include <optional>
#include <string>

namespace insighta::http {

class CurlLoop;

/// One exchange of libcurl. Shared by the coroutine that waits for it, the stream that reads it and
/// the upload that feeds it; leaves the multi handle when the last of them goes. libcurl must not
/// be called from its own callbacks, so those only note what happened and post the rest.
class Exchange : public std::enable_shared_from_this<Exchange> {
 public:
  Exchange(CurlLoop& curl, ClientRequest request, ClientSettings const& settings,
           bool is_streaming);
  ~Exchange();
  Exchange(Exchange const&) = delete;
  Exchange& operator=(Exchange const&) = delete;

  void start();
  /// The multi handle is through with it.
  void finish(CURLcode code);
  /// Nobody wants the rest: nothing is sent, received or asked of the upload any more.
  void stop();
  /// The client is going: the exchange fails, and whoever waits for it is told by the event loop.
  void abandon();

  /// Until the head has come, or the end without one.
  Task<void> head();
  /// Until the end, of reading the upload too: it may go when this returns.
  Task<void> end();
  /// The next bytes of the body; nothing at its end, when the upload is not read any more either.
  Task<Result<std::optional<std::string>>> next_piece();

  bool is_abandoned() const { return is_abandoned_; }
  bool is_failed() const { return is_finished_ && code_ != CURLE_OK; }
  Error error() const;
  ClientResponse take_response();
  StreamingResponse stream_response();
  /// False for failures that say nothing about the other side's health.
  bool counts_against_host() const;
  CURL* easy() const { return easy_; }

 private:
  static std::size_t on_header(char* data, std::size_t, std::size_t size, void* self);
  static std::size_t on_body(char* data, std::size_t, std::size_t size, void* self);
  static std::size_t on_upload(char* into, std::size_t, std::size_t size, void* self);

  void configure(ClientSettings const& settings);
  void configure_body();
  Task<void> pull_upload(std::shared_ptr<Exchange> self);
  Task<void> wait_for_news();
  Task<Result<std::optional<std::string>>> next_of_upload();
  void begin_pulling();
  void tell_news();

  EventLoop& loop_;
  CurlLoop& curl_;  ///< gone once abandoned
  ClientRequest request_;
  bool const is_streaming_;
  CURL* easy_;
  curl_slist* fields_ = nullptr;
  bool is_added_ = false;

  int status_ = 0;
  Headers headers_;
  std::string body_;
  std::string outgoing_;
  std::size_t sent_ = 0;  ///< of outgoing_
  bool is_upload_done_ = false;
  bool is_upload_broken_ = false;
  bool is_pulling_ = false;
  bool has_head_ = false;
  bool is_paused_ = false;
  bool is_too_large_ = false;
  bool is_finished_ = false;
  bool is_abandoned_ = false;
  CURLcode code_ = CURLE_OK;
  Signal* waiter_ = nullptr;
};

}  // namespace insighta::http
