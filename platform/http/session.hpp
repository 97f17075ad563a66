#pragma once

#include "platform/http/request_parser.hpp"
#include "platform/http/response_head.hpp"
#include "platform/http/server.hpp"
#include "platform/http/transport.hpp"

#include <chrono>
#include <memory>
#include <optional>
#include <string>

namespace insighta::http {

class RequestLog;

/// What the sessions of one server share.
struct SessionContext {
  ServerSettings const& settings;
  Handler const& handler;
  Server::ExceptionMapper const& map_exception;
  RequestLog& log;
  bool is_draining = false;
};

/// One connection from accept to close: reads requests, one after the other, and answers them in
/// that order. The server watches its deadline.
class Session {
 public:
  using Monotonic = std::chrono::steady_clock;

  Session(SessionContext& context, std::unique_ptr<Transport> transport);

  Task<void> run();
  /// Ends the wait that has taken too long.
  void expire_if_due(Monotonic::time_point now);
  /// Ends it now if no request is being answered.
  void close_if_idle();
  /// Ends it wherever it stands.
  void abort();

 private:
  class Body;
  enum class HeadOutcome { complete, closed, timed_out, target_too_long, too_large };

  Task<HeadOutcome> read_head(std::size_t& size);
  /// More bytes into in_; false when the other side is gone or too slow.
  Task<bool> receive(std::chrono::milliseconds patience);
  Task<bool> send(std::array<std::string_view, 3> pieces);
  /// False: the connection ends after this request.
  Task<bool> serve_one();
  Task<bool> refuse(int status, Error error);
  Task<Response> answer(Request& request);
  Task<bool> respond(Request& request, RequestParser& parser, Body& body);
  Task<bool> send_response(Request& request, Response response, bool keeps_alive, bool is_http_1_0);
  Task<bool> send_stream(Response& response, std::string head, Framing framing);
  /// Reads on for a while, so that a client which is still sending can read the answer.
  Task<void> linger();
  void identify(Request& request) const;

  SessionContext& context_;
  std::unique_ptr<Transport> transport_;
  std::string peer_;
  std::unique_ptr<char[]> received_;  // by one read, then in in_
  std::string in_;
  Monotonic::time_point deadline_ = Monotonic::time_point::max();
  bool is_idle_ = false;
  bool is_timed_out_ = false;
  bool is_aborted_ = false;
};

}  // namespace insighta::http
