#pragma once

#include <string>
#include <string_view>

namespace insighta::api {

/// GET /docs: the OpenAPI document as a page for people, grouped by tag; with a ribbon where the
/// emulator lets people in.
std::string render_docs_page(std::string_view openapi, bool fakes_github);

}  // namespace insighta::api
