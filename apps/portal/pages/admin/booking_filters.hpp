#pragma once

#include "platform/html/page.hpp"
#include "platform/http/request.hpp"
#include "platform/json/value.hpp"
#include "platform/outcome/error.hpp"
#include "site/wording.hpp"

#include <vector>

namespace insighta::portal {

/// The filters of a query that narrow the list of bookings; its order is none.
http::Pairs booking_filters_of(http::Pairs const& query);

/// What to ask the API for. A day becomes the instant at which it begins, `to` the one at which it
/// ends, where the person is; anything else goes as it was typed, for the API to judge.
http::Pairs bookings_asked(http::Pairs const& query, Preferences const& preferences);

/// Fills pages/admin/booking_filters.html: the form with what was typed, faults beside their
/// fields, and a chip for each active filter that leads to the list without it. `rows` may know the
/// names of the people filtered by.
void fill_booking_filters(html::Values& values, http::Pairs const& query,
                          std::vector<FieldError> const& faults,
                          std::vector<json::Value> const& rows);

}  // namespace insighta::portal
