#include "platform/transfer/transfer.hpp"

#include "platform/transfer/curl_library.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <stdexcept>

namespace insighta::transfer {

namespace {

constexpr std::size_t max_kept_body = 8 << 20;
constexpr long connect_timeout_s = 10;
constexpr long silence_timeout_s = 300;

bool equal_ignoring_case(std::string_view a, std::string_view b) {
  return std::ranges::equal(
      a, b, [](unsigned char x, unsigned char y) { return std::tolower(x) == std::tolower(y); });
}

std::string_view trim(std::string_view text) {
  auto const first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

/// One call under way, as libcurl's callbacks see it.
struct Exchange {
  Call const& call;
  CURL* easy;
  Answer answer = {};
  bool has_given_up = false;

  int status() const {
    long code = 0;
    curl_library().easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &code);
    return static_cast<int>(code);
  }
};

std::size_t on_header(char* bytes, std::size_t size, std::size_t count, void* user) {
  auto& exchange = *static_cast<Exchange*>(user);
  std::string_view const line{bytes, size * count};
  if (line.starts_with("HTTP/")) {
    exchange.answer.headers.clear();
  } else if (auto const colon = line.find(':'); colon != std::string_view::npos) {
    exchange.answer.headers.push_back(
        {std::string{line.substr(0, colon)}, std::string{trim(line.substr(colon + 1))}});
  }
  return line.size();
}

std::size_t on_write(char* bytes, std::size_t size, std::size_t count, void* user) {
  auto& exchange = *static_cast<Exchange*>(user);
  std::string_view const piece{bytes, size * count};
  int const status = exchange.status();
  bool const is_streamed = exchange.call.on_body && status >= 200 && status < 300;
  if (is_streamed) {
    if (exchange.call.on_body(piece)) return piece.size();
    exchange.has_given_up = true;
    return 0;
  }
  if (exchange.answer.body.size() + piece.size() > max_kept_body) return 0;
  exchange.answer.body += piece;
  return piece.size();
}

std::size_t on_read(char* to, std::size_t size, std::size_t count, void* user) {
  auto& exchange = *static_cast<Exchange*>(user);
  auto const read = exchange.call.upload->read(to, size * count);
  if (read) return *read;
  exchange.has_given_up = true;
  return CURL_READFUNC_ABORT;
}

int on_seek(void* user, curl_off_t offset, int origin) {
  auto& exchange = *static_cast<Exchange*>(user);
  if (offset != 0 || origin != SEEK_SET) return CURL_SEEKFUNC_CANTSEEK;
  return exchange.call.upload->rewind() ? CURL_SEEKFUNC_OK : CURL_SEEKFUNC_CANTSEEK;
}

int on_progress(void* user, curl_off_t, curl_off_t received, curl_off_t, curl_off_t sent) {
  auto& exchange = *static_cast<Exchange*>(user);
  Progress const progress{static_cast<std::uint64_t>(sent), static_cast<std::uint64_t>(received)};
  if (exchange.call.on_progress(progress)) return 0;
  exchange.has_given_up = true;
  return 1;
}

/// The options of one call; the list of headers must outlive the call.
class Request {
 public:
  Request(Exchange& exchange, std::string const& agent) : easy_(exchange.easy) {
    describe(exchange, agent);
    limit(exchange.call);
    send_body(exchange);
    for (Header const& header : exchange.call.headers) add_header(header.name, header.value);
    set(CURLOPT_HTTPHEADER, headers_);
  }
  ~Request() { curl_library().slist_free_all(headers_); }
  Request(Request&&) = delete;

 private:
  template <class T>
  void set(CURLoption option, T value) {
    if (curl_library().easy_setopt(easy_, option, value) != CURLE_OK) {
      throw std::runtime_error("libcurl refuses an option");
    }
  }

  void add_header(std::string const& name, std::string const& value) {
    // libcurl takes "Name:" as "do not send"; an empty value is written with a semicolon.
    std::string const line = value.empty() ? name + ";" : name + ": " + value;
    headers_ = curl_library().slist_append(headers_, line.c_str());
  }

  void describe(Exchange& exchange, std::string const& agent) {
    set(CURLOPT_URL, exchange.call.url.c_str());
    set(CURLOPT_PROTOCOLS_STR, "http,https");
    set(CURLOPT_HTTP_VERSION, long{CURL_HTTP_VERSION_1_1});
    set(CURLOPT_USERAGENT, agent.c_str());
    set(CURLOPT_NOPROXY, "localhost,127.0.0.1,::1");
    set(CURLOPT_HEADERFUNCTION, &on_header);
    set(CURLOPT_HEADERDATA, static_cast<void*>(&exchange));
    set(CURLOPT_WRITEFUNCTION, &on_write);
    set(CURLOPT_WRITEDATA, static_cast<void*>(&exchange));
    if (exchange.call.on_progress) {
      set(CURLOPT_NOPROGRESS, 0L);
      set(CURLOPT_XFERINFOFUNCTION, &on_progress);
      set(CURLOPT_XFERINFODATA, static_cast<void*>(&exchange));
    }
  }

  void limit(Call const& call) {
    set(CURLOPT_NOSIGNAL, 1L);
    set(CURLOPT_CONNECTTIMEOUT, connect_timeout_s);
    if (call.deadline.count() > 0) {
      set(CURLOPT_TIMEOUT, static_cast<long>(call.deadline.count()));
    } else {
      set(CURLOPT_LOW_SPEED_LIMIT, 1L);
      set(CURLOPT_LOW_SPEED_TIME, silence_timeout_s);
    }
  }

  void send_body(Exchange& exchange) {
    Call const& call = exchange.call;
    if (call.method == "GET") return;
    bool const has_body = call.upload != nullptr || !call.body.empty() || call.method == "POST";
    if (has_body) set(CURLOPT_POST, 1L);
    set(CURLOPT_CUSTOMREQUEST, call.method.c_str());
    if (call.upload == nullptr) {
      if (!has_body) return;
      set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(call.body.size()));
      set(CURLOPT_POSTFIELDS, call.body.c_str());
      return;
    }
    set(CURLOPT_UPLOAD_BUFFERSIZE, 256L << 10);
    set(CURLOPT_READFUNCTION, &on_read);
    set(CURLOPT_READDATA, static_cast<void*>(&exchange));
    set(CURLOPT_SEEKFUNCTION, &on_seek);
    set(CURLOPT_SEEKDATA, static_cast<void*>(&exchange));
    if (call.upload->size) {
      set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(*call.upload->size));
    } else {
      add_header("Transfer-Encoding", "chunked");
    }
  }

  CURL* easy_;
  curl_slist* headers_ = nullptr;
};

std::string origin_of(std::string_view url) {
  auto const scheme = url.find("://");
  auto const from = scheme == std::string_view::npos ? 0 : scheme + 3;
  return std::string{url.substr(0, url.find_first_of("/?#", from))};
}

Error failure_of(Exchange const& exchange, CURLcode code, std::string_view detail) {
  if (exchange.has_given_up) return {.kind = ErrorKind::internal, .code = "GAVE_UP", .message = ""};
  std::string_view const reason =
      detail.empty() ? std::string_view{curl_library().easy_strerror(code)} : detail;
  std::string const origin = origin_of(exchange.call.url);
  bool const had_answer = exchange.status() != 0;
  auto message = had_answer ? fmt::format("the connection to {} broke: {}", origin, reason)
                            : fmt::format("cannot reach {}: {}", origin, reason);
  return unavailable(std::move(message), std::chrono::seconds{0}, "NO_ANSWER");
}

}  // namespace

std::string_view Answer::header(std::string_view name) const {
  for (Header const& header : headers) {
    if (equal_ignoring_case(header.name, name)) return header.value;
  }
  return {};
}

struct Transfers::Handle {
  CURL* easy = curl_library().easy_init();
  ~Handle() { curl_library().easy_cleanup(easy); }
};

Transfers::Transfers(std::string agent) : agent_(std::move(agent)) {}

Transfers::~Transfers() = default;

Result<Answer> Transfers::perform(Call const& call) {
  if (!handle_) handle_ = std::make_unique<Handle>();
  CurlLibrary const& curl = curl_library();
  curl.easy_reset(handle_->easy);
  Exchange exchange{.call = call, .easy = handle_->easy};
  Request const request{exchange, agent_};
  std::array<char, CURL_ERROR_SIZE> detail{};
  curl.easy_setopt(handle_->easy, CURLOPT_ERRORBUFFER, detail.data());
  CURLcode const code = curl.easy_perform(handle_->easy);
  curl.easy_setopt(handle_->easy, CURLOPT_ERRORBUFFER, nullptr);
  exchange.answer.status = exchange.status();
  // An upload that the server cuts short with a final answer is an answer.
  bool const is_cut_upload = code == CURLE_SEND_ERROR && exchange.answer.status >= 400;
  if (code != CURLE_OK && !is_cut_upload) return fail(failure_of(exchange, code, detail.data()));
  return std::move(exchange.answer);
}

}  // namespace insighta::transfer
