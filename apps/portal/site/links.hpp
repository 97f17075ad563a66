#pragma once

#include "platform/http/request.hpp"

#include <string>
#include <string_view>

namespace insighta::portal {

/// A path with a query; no '?' when there are no pairs.
std::string link_to(std::string_view path, http::Pairs const& pairs);

http::Pairs without(http::Pairs pairs, std::string_view name);
/// `name` set to `value`, at its old place or at the end.
http::Pairs with(http::Pairs pairs, std::string_view name, std::string_view value);
bool has_empty_value(http::Pairs const& pairs);
http::Pairs without_empty_values(http::Pairs pairs);
/// The first value; empty when absent.
std::string value_of(http::Pairs const& pairs, std::string_view name);

/// Where to go after signing in: a path of this site, or "/" for anything that a browser might take
/// for another one.
std::string safe_return_to(std::string_view wanted);

/// The query of a link that the API gave; nothing for anything else.
http::Pairs query_of(std::string_view link);

}  // namespace insighta::portal
