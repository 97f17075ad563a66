#include "platform/http/exchange.hpp"

#include "platform/http/curl_loop.hpp"
#include "platform/log/log.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

namespace insighta::http {

namespace {

constexpr std::size_t enough_buffered = 256 * 1024;

/// A stream over an exchange; going away ends it.
class ExchangeBody final : public BodyStream {
 public:
  explicit ExchangeBody(std::shared_ptr<Exchange> exchange) : exchange_(std::move(exchange)) {}
  ~ExchangeBody() override { exchange_->stop(); }
  Task<Result<std::optional<std::string>>> next() override { return exchange_->next_piece(); }

 private:
  std::shared_ptr<Exchange> exchange_;
};

}  // namespace

Exchange::Exchange(CurlLoop& curl, ClientRequest request, ClientSettings const& settings,
                   bool is_streaming)
    : loop_(curl.loop()),
      curl_(curl),
      request_(std::move(request)),
      is_streaming_(is_streaming),
      easy_(curl_easy_init()) {
  configure(settings);
  configure_body();
  curl_easy_setopt(easy_, CURLOPT_HTTPHEADER, fields_);
}

Exchange::~Exchange() {
  stop();
  curl_easy_cleanup(easy_);
  curl_slist_free_all(fields_);
}

void Exchange::configure(ClientSettings const& settings) {
  auto const connect_ms = static_cast<long>(request_.connect_timeout.count());
  auto const whole_ms = static_cast<long>(request_.timeout.count());
  curl_easy_setopt(easy_, CURLOPT_URL, request_.url.c_str());
  curl_easy_setopt(easy_, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(easy_, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(easy_, CURLOPT_NOPROXY, "*");
  curl_easy_setopt(easy_, CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_1_1);
  curl_easy_setopt(easy_, CURLOPT_USERAGENT, settings.user_agent.c_str());
  curl_easy_setopt(easy_, CURLOPT_CONNECTTIMEOUT_MS, connect_ms);
  if (is_streaming_) {
    // No whole-exchange limit: an export may take as long as it moves.
    curl_easy_setopt(easy_, CURLOPT_LOW_SPEED_LIMIT, 1L);
    curl_easy_setopt(easy_, CURLOPT_LOW_SPEED_TIME, std::max(1L, whole_ms / 1000));
  } else {
    curl_easy_setopt(easy_, CURLOPT_TIMEOUT_MS, whole_ms);
  }
  curl_easy_setopt(easy_, CURLOPT_HEADERFUNCTION, &Exchange::on_header);
  curl_easy_setopt(easy_, CURLOPT_HEADERDATA, this);
  curl_easy_setopt(easy_, CURLOPT_WRITEFUNCTION, &Exchange::on_body);
  curl_easy_setopt(easy_, CURLOPT_WRITEDATA, this);
  for (auto const& [name, value] : request_.headers)
    fields_ = curl_slist_append(
        fields_, value.empty() ? (name + ";").c_str() : (name + ": " + value).c_str());
}

void Exchange::configure_body() {
  if (request_.method == Method::get) return;
  if (request_.method == Method::head) {
    curl_easy_setopt(easy_, CURLOPT_NOBODY, 1L);
    return;
  }
  // libcurl repeats a request when a pooled connection turns out to be closed. A body is read once
  // and cannot be rewound, so it cannot be sent twice; what has none gets a connection of its own.
  if (request_.upload == nullptr && request_.body.empty())
    curl_easy_setopt(easy_, CURLOPT_FRESH_CONNECT, 1L);
  outgoing_ = std::move(request_.body);
  is_upload_done_ = request_.upload == nullptr;
  curl_easy_setopt(easy_, CURLOPT_POST, 1L);
  curl_easy_setopt(easy_, CURLOPT_CUSTOMREQUEST, std::string{to_string(request_.method)}.c_str());
  curl_easy_setopt(easy_, CURLOPT_READFUNCTION, &Exchange::on_upload);
  curl_easy_setopt(easy_, CURLOPT_READDATA, this);
  auto const length = request_.upload != nullptr ? request_.upload->length()
                                                 : std::optional<std::uint64_t>{outgoing_.size()};
  if (length)
    curl_easy_setopt(easy_, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(*length));
  else
    fields_ = curl_slist_append(fields_, "Transfer-Encoding: chunked");
  fields_ = curl_slist_append(fields_, "Expect:");
  if (!request_.headers.has("Content-Type")) fields_ = curl_slist_append(fields_, "Content-Type:");
}

void Exchange::start() {
  is_added_ = true;
  curl_.add(*this);
}

void Exchange::finish(CURLcode code) {
  if (is_finished_) return;
  auto const self = shared_from_this();
  curl_.remove(*this);
  is_added_ = false;
  is_finished_ = true;
  code_ = code;
  if (waiter_ != nullptr) std::exchange(waiter_, nullptr)->set({});
}

void Exchange::stop() {
  if (std::exchange(is_added_, false)) curl_.remove(*this);
  is_finished_ = true;
}

void Exchange::abandon() {
  is_added_ = false;
  is_finished_ = true;
  is_abandoned_ = true;
  code_ = CURLE_ABORTED_BY_CALLBACK;
  tell_news();
}

std::size_t Exchange::on_header(char* data, std::size_t, std::size_t size, void* context) {
  auto& self = *static_cast<Exchange*>(context);
  std::string_view line{data, size};
  while (line.ends_with('\n') || line.ends_with('\r')) line.remove_suffix(1);
  if (line.starts_with("HTTP/")) {
    self.headers_.clear();
    auto const space = line.find(' ');
    self.status_ = 0;
    if (space != line.npos)
      std::from_chars(line.data() + space + 1, line.data() + line.size(), self.status_);
  } else if (line.empty()) {
    self.has_head_ = self.status_ >= 200;
    self.tell_news();
  } else if (auto const colon = line.find(':'); colon != line.npos) {
    auto value = line.substr(colon + 1);
    while (value.starts_with(' ') || value.starts_with('\t')) value.remove_prefix(1);
    try {
      self.headers_.add(std::string{line.substr(0, colon)}, std::string{value});
    } catch (std::exception const&) {
      return 0;  // not HTTP: libcurl ends the exchange
    }
  }
  return size;
}

std::size_t Exchange::on_body(char* data, std::size_t, std::size_t size, void* context) {
  auto& self = *static_cast<Exchange*>(context);
  if (self.is_streaming_ && self.body_.size() >= enough_buffered) {
    self.is_paused_ = true;
    return CURL_WRITEFUNC_PAUSE;
  }
  if (!self.is_streaming_ && self.body_.size() + size > self.request_.max_response_bytes) {
    self.is_too_large_ = true;
    return 0;
  }
  self.body_.append(data, size);
  if (self.is_streaming_) self.tell_news();
  return size;
}

std::size_t Exchange::on_upload(char* into, std::size_t, std::size_t size, void* context) {
  auto& self = *static_cast<Exchange*>(context);
  if (self.is_upload_broken_) return CURL_READFUNC_ABORT;
  auto const count = std::min(size, self.outgoing_.size() - self.sent_);
  if (count == 0 && !self.is_upload_done_) {
    self.begin_pulling();
    return CURL_READFUNC_PAUSE;
  }
  std::copy_n(self.outgoing_.data() + self.sent_, count, into);
  self.sent_ += count;
  return count;
}

void Exchange::begin_pulling() {
  if (std::exchange(is_pulling_, true)) return;
  loop_.post([self = shared_from_this()] { self->loop_.spawn(self->pull_upload(self)); });
}

Task<void> Exchange::pull_upload(std::shared_ptr<Exchange> self) {
  // `self` keeps the exchange while the stream is asked.
  if (!self->is_finished_) {
    auto piece = co_await next_of_upload();
    sent_ = 0;
    outgoing_.clear();
    if (!piece)
      is_upload_broken_ = true;
    else if (!*piece)
      is_upload_done_ = true;
    else
      outgoing_ = std::move(**piece);
  }
  is_pulling_ = false;
  if (is_added_)
    curl_easy_pause(easy_, CURLPAUSE_CONT);
  else
    tell_news();
}

Task<Result<std::optional<std::string>>> Exchange::next_of_upload() {
  try {
    co_return co_await request_.upload->next();
  } catch (std::exception const& fault) {
    log::warning("the body of an outgoing request failed", {{"what", fault.what()}});
  }
  co_return fail(bad_upstream("The body to send broke off"));
}

void Exchange::tell_news() {
  loop_.post([self = shared_from_this()] {
    if (self->waiter_ != nullptr) std::exchange(self->waiter_, nullptr)->set({});
  });
}

Task<void> Exchange::wait_for_news() {
  Signal news;
  waiter_ = &news;
  co_await news;
}

Task<void> Exchange::head() {
  while (!has_head_ && !is_finished_) co_await wait_for_news();
  while (is_failed() && is_pulling_) co_await wait_for_news();
}

Task<void> Exchange::end() {
  while (!is_finished_ || is_pulling_) co_await wait_for_news();
}

Task<Result<std::optional<std::string>>> Exchange::next_piece() {
  while (body_.empty() && !is_finished_) {
    if (std::exchange(is_paused_, false)) {
      curl_easy_pause(easy_, CURLPAUSE_CONT);
      continue;
    }
    co_await wait_for_news();
  }
  if (!body_.empty()) co_return std::exchange(body_, {});
  while (is_pulling_) co_await wait_for_news();
  if (is_failed()) co_return fail(error());
  co_return std::nullopt;
}

bool Exchange::counts_against_host() const {
  return is_failed() && !is_too_large_ && !is_upload_broken_;
}

Error Exchange::error() const {
  if (is_abandoned_)
    return unavailable("The program is going down", std::chrono::seconds{1},
                       "UPSTREAM_UNREACHABLE");
  if (is_too_large_) return bad_upstream("The answer is larger than allowed", "UPSTREAM_TOO_LARGE");
  if (code_ == CURLE_OPERATION_TIMEDOUT)
    return unavailable("The other server did not answer in time", std::chrono::seconds{1},
                       "UPSTREAM_TIMEOUT");
  return unavailable(
      std::string{"The other server cannot be reached: "} + curl_easy_strerror(code_),
      std::chrono::seconds{1}, "UPSTREAM_UNREACHABLE");
}

ClientResponse Exchange::take_response() {
  return {.status = status_, .headers = std::move(headers_), .body = std::move(body_)};
}

StreamingResponse Exchange::stream_response() {
  return {.status = status_,
          .headers = std::move(headers_),
          .body = std::make_unique<ExchangeBody>(shared_from_this())};
}

}  // namespace insighta::http
