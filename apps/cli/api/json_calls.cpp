#include "api/json_calls.hpp"

#include "api/query_string.hpp"
#include "platform/crypto/crypto.hpp"

namespace insighta::cli {

namespace {
constexpr std::size_t key_bytes = 24;
}

Result<std::string> read_json(ApiClient& api, std::string url) {
  TRY(auto answer, api.send({.url = std::move(url)}));
  return std::move(answer.body);
}

Result<std::string> write_json(ApiClient& api, std::string method, std::string url,
                               std::string body) {
  transfer::Call call{.method = std::move(method), .url = std::move(url), .body = std::move(body)};
  call.headers.push_back({"Idempotency-Key", crypto::base64url(crypto::random_bytes(key_bytes))});
  if (!call.body.empty()) call.headers.push_back({"Content-Type", "application/json"});
  auto answer = api.send(call);
  bool const was_lost = !answer && answer.error().code == "NO_ANSWER";
  if (was_lost) answer = api.send(call);
  if (!answer) return fail(std::move(answer).error());
  return std::move(answer->body);
}

std::string url_of(std::string_view list, std::string_view id, std::string_view rest) {
  return std::string{list} + "/" + percent_encode(id) + std::string{rest};
}

}  // namespace insighta::cli
