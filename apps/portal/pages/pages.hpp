#pragma once

#include "site/visit.hpp"

#include <vector>

namespace insighta::portal {

/// The pages, a table per subject: method, path, who may, what makes it.
std::vector<PageRoute> sign_in_pages();
std::vector<PageRoute> account_pages();
std::vector<PageRoute> dashboard_pages();
std::vector<PageRoute> profile_pages();
std::vector<PageRoute> profile_admin_pages();
std::vector<PageRoute> import_pages();
std::vector<PageRoute> people_pages();
std::vector<PageRoute> app_pages();
std::vector<PageRoute> audit_pages();
std::vector<PageRoute> booking_admin_pages();
std::vector<PageRoute> integrity_pages();

}  // namespace insighta::portal
