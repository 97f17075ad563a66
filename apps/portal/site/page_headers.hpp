#pragma once

#include "config.hpp"
#include "platform/http/response.hpp"

namespace insighta::portal {

/// The headers of every page (spec portal.md section 7); what is set already stays.
void add_page_headers(http::Response& response, Config const& config);

}  // namespace insighta::portal
