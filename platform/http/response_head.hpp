#pragma once

#include "platform/http/request.hpp"
#include "platform/http/response.hpp"

#include <string>
#include <string_view>

namespace insighta::http {

/// How the body travels.
enum class Framing { none, length, chunked, until_close };

/// Status line and fields, ready to send, with Date, Content-Length and Connection where they
/// belong.
std::string response_head(Response const& response, Framing framing, bool keeps_alive,
                          std::string_view request_id);

/// Compresses the body when the client takes gzip and it pays: text or JSON from 1 KiB on. An
/// answer that must not be stored may hold a secret beside text of the asker's choice and is left
/// alone (BREACH); so is one that already has a coding.
void compress(Response& response, Request const& request);

}  // namespace insighta::http
