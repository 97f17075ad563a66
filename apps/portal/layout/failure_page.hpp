#pragma once

#include "platform/http/response.hpp"
#include "platform/outcome/error.hpp"
#include "site/visit.hpp"

namespace insighta::portal {

/// What happened, what did not change, what to do: inside the layout, session kept.
http::Response failure_page(Visit const& visit, Error const& error);

}  // namespace insighta::portal
