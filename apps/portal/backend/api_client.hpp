#pragma once

#include "platform/http/client.hpp"
#include "platform/http/request.hpp"
#include "platform/http/response.hpp"
#include "platform/json/value.hpp"

#include <chrono>
#include <optional>
#include <string>

namespace insighta::portal {

/// What the API answered to a change.
struct ApiAnswer {
  int status = 0;
  std::optional<json::Value> body;  ///< nothing for 204
};

/// The API as one signed-in person sees it. `target` is a path with a query, below the API's base.
/// An answer of 400 or more is the Error that the API meant; no answer is `unavailable`.
class ApiClient {
 public:
  static constexpr std::chrono::milliseconds usual_timeout{10'000};

  ApiClient(http::Client& client, std::string base_url)
      : client_(client), base_url_(std::move(base_url)) {}

  Task<Result<json::Value>> get(std::string target, std::string token,
                                std::chrono::milliseconds timeout = usual_timeout);
  /// `json` is the body; none when empty.
  Task<Result<ApiAnswer>> send(http::Method method, std::string target, std::string token,
                               std::string json = "",
                               std::chrono::milliseconds timeout = usual_timeout);
  /// A file of the API as our own answer, passed on as it comes.
  Task<Result<http::Response>> download(std::string target, std::string token);
  /// For bodies that are passed on in pieces. The answer may be one of failure.
  Task<Result<http::StreamingResponse>> open(http::ClientRequest request, std::string token);
  /// The Error that a streamed answer of failure means; reads its body.
  Task<Error> failure_of(http::StreamingResponse response);
  std::string url(std::string_view target) const { return base_url_ + std::string{target}; }

 private:
  http::Client& client_;
  std::string base_url_;
};

}  // namespace insighta::portal
