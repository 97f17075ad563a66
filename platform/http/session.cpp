#include "platform/http/session.hpp"

#include "platform/http/error_response.hpp"
#include "platform/http/peer_address.hpp"
#include "platform/http/request_log.hpp"
#include "platform/log/log.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <random>

namespace insighta::http {

namespace {

using namespace std::chrono_literals;

constexpr std::size_t read_size = 16 * 1024;
constexpr std::size_t unread_body_limit = 64 * 1024;  // cheaper to read on than to reconnect
constexpr auto linger_patience = 5s;
constexpr auto linger_limit = 60s;

/// For logs and support, not a secret.
std::string new_request_id() {
  thread_local std::mt19937_64 generator{std::random_device{}()};
  return fmt::format("{:016x}", generator());
}

bool is_request_id(std::string_view id) {
  return !id.empty() && id.size() <= 64 && std::ranges::all_of(id, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_';
  });
}

}  // namespace

/// The request's body, decoded from the connection as the handler pulls it.
class Session::Body final : public BodyStream {
 public:
  Body(Session& session, RequestParser& parser, Request const& request)
      : session_(session),
        parser_(parser),
        length_(request.content_length),
        expects_continue_(request.headers.has("Expect")) {}

  Task<Result<std::optional<std::string>>> next() override {
    std::string piece;
    bool needs_bytes = session_.in_.empty();
    while (piece.empty()) {
      if (parser_.is_body_done()) co_return std::nullopt;
      if (has_failed_) co_return fail(bad_request("The body broke off", "INCOMPLETE_BODY"));
      if (needs_bytes && !co_await receive()) {
        has_failed_ = true;
        continue;
      }
      auto bytes = std::string_view{session_.in_};
      has_failed_ = !parser_.parse_body(bytes, piece);
      // Half a chunk's size line stays where it is until the rest has come.
      needs_bytes = bytes.empty() || bytes.size() == session_.in_.size();
      session_.in_.erase(0, session_.in_.size() - bytes.size());
    }
    co_return std::move(piece);
  }

  std::optional<std::uint64_t> length() const override { return length_; }
  bool has_failed() const { return has_failed_; }
  /// The client was never told to go on: it may not send the body at all.
  bool awaits_permission() const { return expects_continue_; }

 private:
  Task<bool> receive() {
    if (std::exchange(expects_continue_, false) &&
        !co_await session_.send({"HTTP/1.1 100 Continue\r\n\r\n", "", ""}))
      co_return false;
    co_return co_await session_.receive(session_.context_.settings.body_timeout);
  }

  Session& session_;
  RequestParser& parser_;
  std::optional<std::uint64_t> length_;
  bool expects_continue_;
  bool has_failed_ = false;
};

Session::Session(SessionContext& context, std::unique_ptr<Transport> transport)
    : context_(context),
      transport_(std::move(transport)),
      peer_(transport_->peer_address()),
      received_(std::make_unique_for_overwrite<char[]>(read_size)) {}

Task<void> Session::run() {
  deadline_ = Monotonic::now() + context_.settings.header_timeout;
  bool is_open = co_await transport_->handshake();
  deadline_ = Monotonic::time_point::max();
  while (is_open && !is_aborted_ && !(context_.is_draining && in_.empty()))
    is_open = co_await serve_one();
  transport_->shutdown_send();
}

void Session::expire_if_due(Monotonic::time_point now) {
  if (now < deadline_) return;
  is_timed_out_ = true;
  deadline_ = Monotonic::time_point::max();
  transport_->cancel();
}

void Session::close_if_idle() {
  if (is_idle_) transport_->cancel();
}

void Session::abort() {
  is_aborted_ = true;
  transport_->cancel();
}

Task<bool> Session::receive(std::chrono::milliseconds patience) {
  if (is_aborted_) co_return false;
  is_timed_out_ = false;
  deadline_ = Monotonic::now() + patience;
  auto const transfer = co_await transport_->read(received_.get(), read_size);
  deadline_ = Monotonic::time_point::max();
  if (transfer.is_fine) in_.append(received_.get(), transfer.bytes);
  co_return transfer.is_fine;
}

Task<bool> Session::send(std::array<std::string_view, 3> pieces) {
  if (is_aborted_) co_return false;
  deadline_ = Monotonic::now() + context_.settings.body_timeout;
  auto const transfer = co_await transport_->write(pieces);
  deadline_ = Monotonic::time_point::max();
  co_return transfer.is_fine;
}

Task<Session::HeadOutcome> Session::read_head(std::size_t& size) {
  auto const& settings = context_.settings;
  std::size_t searched = 0;
  auto const started = Monotonic::now();
  while (true) {
    // RFC 9112 section 2.2: empty lines before a request are nothing.
    while (searched == 0 && in_.starts_with("\r\n")) in_.erase(0, 2);
    auto const end = in_.find("\r\n\r\n", searched);
    auto const head_size = end == in_.npos ? in_.size() : end + 4;
    auto const line = std::min(in_.find("\r\n"), head_size);
    auto const method_end = std::min(in_.find(' '), line);
    // " HTTP/1.1" and the method stand beside the target in the line.
    if (line > method_end + 1 + settings.max_target_bytes + 9)
      co_return HeadOutcome::target_too_long;
    if (head_size > settings.max_header_bytes) co_return HeadOutcome::too_large;
    if (end != in_.npos) {
      size = head_size;
      co_return HeadOutcome::complete;
    }
    searched = in_.size() < 3 ? 0 : in_.size() - 3;
    is_idle_ = in_.empty();
    auto patience = settings.idle_timeout;
    if (!is_idle_)
      patience = std::max(1ms, std::chrono::duration_cast<std::chrono::milliseconds>(
                                   started + settings.header_timeout - Monotonic::now()));
    bool const has_more = co_await receive(patience);
    bool const was_idle = std::exchange(is_idle_, false);
    if (!has_more)
      co_return is_timed_out_ && !was_idle ? HeadOutcome::timed_out : HeadOutcome::closed;
  }
}

Task<bool> Session::serve_one() {
  std::size_t size = 0;
  switch (co_await read_head(size)) {
    case HeadOutcome::closed:
      co_return false;
    case HeadOutcome::timed_out:
      co_return co_await refuse(
          408, bad_request("The request did not arrive in time", "REQUEST_TIMEOUT"));
    case HeadOutcome::target_too_long:
      co_return co_await refuse(414, bad_request("The request target is too long", "URI_TOO_LONG"));
    case HeadOutcome::too_large:
      co_return co_await refuse(
          431, bad_request("The request's headers are too large", "HEADERS_TOO_LARGE"));
    case HeadOutcome::complete:
      break;
  }
  Request request;
  RequestParser parser;
  auto const fault = parser.parse_head(std::string_view{in_}.substr(0, size), request);
  in_.erase(0, size);
  identify(request);
  if (fault) co_return co_await refuse(fault->status, bad_request(fault->message));
  Body body(*this, parser, request);
  request.body = &body;
  co_return co_await respond(request, parser, body);
}

void Session::identify(Request& request) const {
  auto const& proxies = context_.settings.trusted_proxies;
  request.peer_address = find_peer(peer_, proxies, request.headers);
  if (std::ranges::find(proxies, peer_) != proxies.end())
    if (auto const id = request.header("X-Request-Id"); is_request_id(id)) request.id = id;
  if (request.id.empty()) request.id = new_request_id();
}

Task<bool> Session::refuse(int status, Error error) {
  Request request;
  request.id = new_request_id();
  // What was received of the line says which form of answer the asker understands.
  auto const line = in_.substr(0, in_.find("\r\n"));
  if (auto const space = line.find(' '); space != line.npos)
    request.target = line.substr(space + 1, line.find_first_of(" ?", space + 1) - space - 1);
  request.path = request.target;
  auto response = protocol_error_response(status, error, request);
  auto const started = Monotonic::now();
  context_.log.write(request, response.status, Monotonic::now() - started);
  co_await send_response(request, std::move(response), false, false);
  co_await linger();
  co_return false;
}

Task<Response> Session::answer(Request& request) {
  std::optional<Error> error;
  try {
    co_return co_await context_.handler(request);
  } catch (std::exception const& fault) {
    error = context_.map_exception ? context_.map_exception(fault) : std::nullopt;
    if (!error) {
      log::error("a request failed",
                 {{"request_id", request.id}, {"route", request.route}, {"what", fault.what()}});
      error = Error{ErrorKind::internal, "INTERNAL_ERROR", "Something went wrong on our side"};
    }
  }
  co_return error_response(*error, request);
}

Task<bool> Session::respond(Request& request, RequestParser& parser, Body& body) {
  auto const started = Monotonic::now();
  auto response = co_await answer(request);
  context_.log.write(request, response.status, Monotonic::now() - started);

  bool const is_body_small =
      request.content_length.value_or(unread_body_limit + 1) <= unread_body_limit;
  bool const can_finish =
      parser.is_body_done() || (is_body_small && !body.has_failed() && !body.awaits_permission());
  bool const keeps_alive = parser.may_keep_alive() && can_finish && !context_.is_draining;
  bool const is_sent =
      co_await send_response(request, std::move(response), keeps_alive, parser.is_http_1_0());
  if (!is_sent) co_return false;
  if (!keeps_alive) {
    if (!parser.is_body_done()) co_await linger();
    co_return false;
  }
  while (!parser.is_body_done()) {
    auto const piece = co_await body.next();
    if (!piece) co_return false;
  }
  co_return true;
}

Task<bool> Session::send_response(Request& request, Response response, bool keeps_alive,
                                  bool is_http_1_0) {
  bool const has_no_body = response.status == 204 || response.status == 304;
  bool const is_head = request.method == Method::head;
  if (!has_no_body) compress(response, request);
  auto framing = has_no_body ? Framing::none : Framing::length;
  if (response.stream) {
    framing = is_head ? Framing::none : is_http_1_0 ? Framing::until_close : Framing::chunked;
    keeps_alive = keeps_alive && framing != Framing::until_close;
  }
  auto head = response_head(response, framing, keeps_alive, request.id);
  if (response.stream && !is_head) {
    bool const is_whole = co_await send_stream(response, std::move(head), framing);
    co_return is_whole&& framing == Framing::chunked;
  }
  auto const body = is_head || has_no_body ? std::string_view{} : std::string_view{response.body};
  co_return co_await send({head, body, ""});
}

Task<bool> Session::send_stream(Response& response, std::string head, Framing framing) {
  if (!co_await send({head, "", ""})) co_return false;
  while (true) {
    std::optional<Result<std::optional<std::string>>> piece;
    std::string fault;
    try {
      piece = co_await response.stream->next();
    } catch (std::exception const& broken) {
      fault = broken.what();
    }
    if (!piece || !*piece) {
      // The status is gone already: breaking off is the only way left to say so.
      log::error("a response broke off",
                 {{"what", piece ? std::string_view{piece->error().message} : fault}});
      co_return false;
    }
    if (!**piece) break;
    auto const& bytes = ***piece;
    auto const size_line = framing == Framing::chunked ? fmt::format("{:x}\r\n", bytes.size()) : "";
    if (!co_await send({size_line, bytes, size_line.empty() ? "" : "\r\n"})) co_return false;
  }
  if (framing == Framing::chunked) co_return co_await send({"0\r\n\r\n", "", ""});
  co_return true;
}

Task<void> Session::linger() {
  transport_->shutdown_send();
  auto const end = Monotonic::now() + linger_limit;
  in_.clear();
  while (Monotonic::now() < end && !context_.is_draining && co_await receive(linger_patience))
    in_.clear();
}

}  // namespace insighta::http
