#pragma once

#include "backend/answers.hpp"
#include "platform/html/page.hpp"
#include "platform/outcome/error.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace insighta::portal {

/// The names of the API's filters, in the order of the form.
std::span<std::string_view const> filter_names();

/// Only the filters of a query: what an export or a dashboard passes on.
http::Pairs filters_of(http::Pairs const& query);

/// "Gender: male"
std::string filter_in_words(std::string_view name, std::string_view value);

/// Fills pages/profiles/filters.html: the form with what was typed, faults beside their fields, and
/// a chip for each active filter that leads to `path` without it.
void fill_filters(html::Values& values, std::string_view path, http::Pairs const& query,
                  std::vector<FieldError> const& faults);

}  // namespace insighta::portal
