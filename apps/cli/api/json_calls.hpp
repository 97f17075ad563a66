#pragma once

#include "api/api_client.hpp"

#include <string>
#include <string_view>

namespace insighta::cli {

/// The answer's body.
Result<std::string> read_json(ApiClient& api, std::string url);

/// A write under a key made for it: an answer that was lost on the way is asked for once more, and
/// the API takes both for one request. An empty `body` is not sent. The answer's body.
Result<std::string> write_json(ApiClient& api, std::string method, std::string url,
                               std::string body = {});

/// `list/id` and what follows, the id escaped.
std::string url_of(std::string_view list, std::string_view id, std::string_view rest = "");

}  // namespace insighta::cli
