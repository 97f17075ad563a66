#pragma once

#include "platform/http/request.hpp"
#include "platform/http/response.hpp"

namespace insighta::http {

/// For the statuses that belong to the protocol and to no ErrorKind (408, 414, 431): the form that
/// the request's path asks for, with this status.
Response protocol_error_response(int status, Error const& error, Request const& request);

}  // namespace insighta::http
