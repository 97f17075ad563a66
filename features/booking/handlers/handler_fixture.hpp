#pragma once

#include "booking/handlers/command_request.hpp"
#include "booking/repositories/idempotency_repository.hpp"
#include "booking/services/booking_fixture.hpp"
#include "platform/http/router.hpp"

#include <string>

namespace insighta::booking {

/// Endpoints as a signed-in person calls them: routed, but without the guard before them.
class HandlerTest : public BookingTest {
 protected:
  void serve(std::vector<GuardedRoute> const& routes) {
    for (auto const& route : routes)
      router_.add_api({route.method, route.pattern, [this, route](http::Request& request) {
                         return route.handler(request, *actor_);
                       }});
  }

  /// `target` below /api/v1; a body is JSON.
  http::Response ask(User const& user, http::Method method, std::string const& target,
                     std::string body = {}, std::string const& idempotency_key = {},
                     std::string const& if_match = {}) {
    actor_ = actor_of(user);
    Text text{std::move(body)};
    http::Request request;
    request.method = method;
    request.target = "/api/v1" + target;
    auto const whole = std::string_view{request.target};
    auto const question = whole.find('?');
    request.path = whole.substr(0, question);
    if (question != whole.npos) request.query = whole.substr(question + 1);
    request.body = &text;
    request.peer_address = "192.0.2.1";
    request.headers.add("Content-Type", "application/json");
    if (!idempotency_key.empty()) request.headers.add("Idempotency-Key", idempotency_key);
    if (!if_match.empty()) request.headers.add("If-Match", if_match);
    return await(router_.handle(request));
  }

  /// The status and what stands out in the body: code and fields of an error.
  static std::string summary(http::Response const& response) {
    auto text = std::to_string(response.status);
    if (response.status < 400) return text;
    auto const error = http::decode_error(response.status, response.headers, response.body);
    text += " " + error.code;
    for (auto const& fault : error.fields) text += " " + fault.field;
    return text;
  }

  static json::Value data_of(http::Response const& response) {
    return json::Value::parse(response.body).value().find("data").value();
  }
  static std::string text_in(http::Response const& response, std::string_view name) {
    return std::string{data_of(response).find(name).value().as_string().value()};
  }

  IdempotencyRepository answer_store{database()};
  Commands commands{answer_store, caller_store, database()};

 private:
  class Text final : public http::BodyStream {
   public:
    explicit Text(std::string text) : text_(std::move(text)) {}
    Task<Result<std::optional<std::string>>> next() override {
      if (text_.empty()) co_return std::nullopt;
      co_return std::exchange(text_, {});
    }

   private:
    std::string text_;
  };

  http::Router router_;
  std::optional<identity::Actor> actor_;
};

}  // namespace insighta::booking
