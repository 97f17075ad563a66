#pragma once

#include "platform/http/request.hpp"
#include "platform/http/response.hpp"

namespace insighta::http {

/// Lets whoever asked keep a 200 answer to GET or HEAD and ask again whether it still holds: an
/// ETag over the body and `Cache-Control: private, no-cache`; 304 without the body when
/// If-None-Match names it. The answer has been made by then, rights checked and data read, so
/// nothing is ever stale: what is saved are its bytes. Other answers are left alone.
void allow_revalidation(Response& response, Request const& request);

}  // namespace insighta::http
