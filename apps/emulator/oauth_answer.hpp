#pragma once

#include "platform/http/request.hpp"
#include "platform/http/response.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace insighta::emulator {

/// The parameters of a form or a JSON body; nothing when it cannot be read.
std::optional<http::Pairs> oauth_parameters(http::Request const& request, std::string const& body);

/// The value of `name`; empty when absent.
std::string value_of(http::Pairs const& pairs, std::string_view name);

/// 200 in the form that Accept asks for (JSON or XML), form-encoded unless it says.
http::Response oauth_answer(http::Request const& request, http::Pairs const& members);

/// The members of a protocol error.
http::Pairs oauth_error(std::string error, std::string description);

/// GitHub lists granted scopes with commas.
std::string comma_separated(std::string scope);

}  // namespace insighta::emulator
