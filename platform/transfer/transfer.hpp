#pragma once

#include "platform/outcome/result.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// HTTP for programs that do one thing and wait for it: no event loop, one request at a time.
namespace insighta::transfer {

struct Header {
  std::string name;
  std::string value;
};

/// A body that is read while it is sent.
struct Upload {
  /// Fills up to `space` bytes: how many, 0 at the end, nothing when reading failed.
  std::function<std::optional<std::size_t>(char* to, std::size_t space)> read;
  /// Back to the first byte; false when that cannot be (a pipe).
  std::function<bool()> rewind;
  /// Sent as Content-Length when known, else the body is chunked.
  std::optional<std::uint64_t> size;
};

struct Progress {
  std::uint64_t sent = 0;
  std::uint64_t received = 0;
};

struct Call {
  std::string method = "GET";
  std::string url;
  std::vector<Header> headers;
  std::string body;
  Upload const* upload = nullptr;  ///< instead of `body`; outlives the call
  /// Takes the body of a 2xx answer piece by piece; false gives up. Without it, and for every other
  /// status, the body is kept in the answer.
  std::function<bool(std::string_view)> on_body;
  /// Called several times a second; false gives up.
  std::function<bool(Progress)> on_progress;
  /// For the whole call; zero for streams, which end after five minutes of silence instead.
  std::chrono::seconds deadline{30};
};

struct Answer {
  int status = 0;
  std::vector<Header> headers;
  std::string body;

  /// By name in any case; empty when absent.
  std::string_view header(std::string_view name) const;
  bool is_success() const { return status >= 200 && status < 300; }
};

/// Sends calls one after another and keeps the connection between them. Redirects are answers, not
/// followed. Answers of any status are results; no answer is `unavailable` (`GAVE_UP` with kind
/// internal when a callback asked for that).
class Transfers {
 public:
  /// `agent` is sent as User-Agent.
  explicit Transfers(std::string agent);
  ~Transfers();
  Transfers(Transfers&&) = delete;

  Result<Answer> perform(Call const& call);

 private:
  struct Handle;
  std::string agent_;
  std::unique_ptr<Handle> handle_;  ///< made by the first call
};

}  // namespace insighta::transfer
