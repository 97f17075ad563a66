#pragma once

#include "platform/http/request.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace insighta::http {

/// What is wrong with a request before any handler sees it: its status and a sentence.
struct ProtocolError {
  int status = 400;
  std::string message;
};

/// Reads one request out of bytes: strict about everything that two servers could read
/// differently (RFC 9112 section 11.2).
class RequestParser {
 public:
  RequestParser();
  ~RequestParser();

  /// Takes the head: request line and fields up to and with the empty line.
  std::optional<ProtocolError> parse_head(std::string_view head, Request& request);
  /// Takes body bytes from the front of `bytes` and appends what they decode to `piece`. False when
  /// they are no body.
  bool parse_body(std::string_view& bytes, std::string& piece);
  bool is_body_done() const;
  bool may_keep_alive() const;
  bool is_http_1_0() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace insighta::http
