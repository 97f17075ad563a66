#pragma once

#include "platform/http/body_stream.hpp"
#include "platform/http/headers.hpp"
#include "platform/http/method.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace insighta::http {

/// name=value pairs of a query string or a form, decoded (+ is a space), in order, repeats kept.
using Pairs = std::vector<std::pair<std::string, std::string>>;

/// Nothing when an escape is broken or the decoded text is not UTF-8 or holds NUL.
std::optional<Pairs> parse_form(std::string_view encoded);
/// One percent-encoded path segment (+ is a plus); nothing as above.
std::optional<std::string> decode_segment(std::string_view encoded);
/// Percent-encodes for use as one query value or path segment.
std::string url_encoded(std::string_view text);
/// `a=b&c=d`.
std::string form_encoded(Pairs const& pairs);
/// The first value of `name`; nothing when absent.
std::optional<std::string_view> find(Pairs const& pairs, std::string_view name);

/// One request. Lives until its response was sent; owned by the connection's session.
struct Request {
  Method method = Method::get;
  std::string target;      ///< as received: path and query
  std::string_view path;   ///< of target, not decoded
  std::string_view query;  ///< of target, without '?', not decoded
  Headers headers;
  std::string peer_address;    ///< after trusted proxies were taken into account
  std::string id;              ///< for the log and the envelope; sent back as X-Request-Id
  BodyStream* body = nullptr;  ///< always there; at its end when the request has none
  std::optional<std::uint64_t> content_length;

  // Filled by the router:
  std::string_view route;  ///< the pattern that matched, with /api/v1, for log and metrics
  std::string_view mount;  ///< "/api/v1", "/api", or "" for a route outside the API
  std::vector<std::pair<std::string_view, std::string>> parameters;  ///< {name} -> decoded segment

  // Filled by handlers, for the log line:
  std::string user_id;

  std::string_view header(std::string_view name) const { return headers.get(name); }
  /// A path parameter of the route; throws BrokenInvariant when the pattern has no such name.
  std::string const& parameter(std::string_view name) const;
  /// The decoded query; 400 when it is not well formed.
  Result<Pairs> query_pairs() const;
  /// The value of a cookie; empty when absent.
  std::string_view cookie(std::string_view name) const;
  /// The media type of Content-Type in lower case, without parameters.
  std::string content_type() const;
  /// The whole body; 413 `PAYLOAD_TOO_LARGE` beyond `limit` bytes, 400 when it breaks off.
  Task<Result<std::string>> read_body(std::size_t limit = 1 << 20);
};

}  // namespace insighta::http
