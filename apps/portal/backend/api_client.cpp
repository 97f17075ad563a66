#include "backend/api_client.hpp"

#include "platform/http/response.hpp"

namespace insighta::portal {

namespace {

constexpr std::size_t max_failure_bytes = 64 << 10;

Error unreadable() {
  return bad_upstream("The API gave an answer that cannot be read.");
}

}  // namespace

Task<Result<json::Value>> ApiClient::get(std::string target, std::string token,
                                         std::chrono::milliseconds timeout) {
  CO_TRY(auto answer,
         co_await send(http::Method::get, std::move(target), std::move(token), "", timeout));
  if (!answer.body) co_return fail(unreadable());
  co_return std::move(*answer.body);
}

Task<Result<ApiAnswer>> ApiClient::send(http::Method method, std::string target, std::string token,
                                        std::string json, std::chrono::milliseconds timeout) {
  http::ClientRequest request;
  request.timeout = timeout;
  request.method = method;
  request.url = url(target);
  request.headers.set("Authorization", "Bearer " + token);
  request.headers.set("Accept", "application/json");
  if (!json.empty()) request.headers.set("Content-Type", "application/json");
  request.body = std::move(json);
  CO_TRY(auto response, co_await client_.send(std::move(request)));
  if (response.status >= 400)
    co_return fail(http::decode_error(response.status, response.headers, response.body));
  ApiAnswer answer{response.status, {}};
  if (response.body.empty()) co_return answer;
  auto body = json::Value::parse(response.body);
  if (!body) co_return fail(unreadable());
  answer.body = std::move(*body);
  co_return answer;
}

Task<Result<http::StreamingResponse>> ApiClient::open(http::ClientRequest request,
                                                      std::string token) {
  request.headers.set("Authorization", "Bearer " + token);
  co_return co_await client_.open(std::move(request));
}

Task<Error> ApiClient::failure_of(http::StreamingResponse response) {
  std::string body;
  while (body.size() < max_failure_bytes) {
    auto piece = co_await response.body->next();
    if (!piece || !*piece) break;
    body += **piece;
  }
  co_return http::decode_error(response.status, response.headers, body);
}

Task<Result<http::Response>> ApiClient::download(std::string target, std::string token) {
  http::ClientRequest request;
  request.url = url(target);
  request.timeout = std::chrono::seconds{60};
  CO_TRY(auto answer, co_await open(std::move(request), std::move(token)));
  if (answer.status != 200) co_return fail(co_await failure_of(std::move(answer)));
  http::Response response;
  for (auto const* const name : {"Content-Type", "Content-Disposition"})
    if (answer.headers.has(name)) response.headers.set(name, std::string{answer.headers.get(name)});
  response.headers.set("Cache-Control", "no-store");
  response.stream = std::move(answer.body);
  co_return response;
}

}  // namespace insighta::portal
