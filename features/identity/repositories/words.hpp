#pragma once

#include "identity/domain/permission.hpp"
#include "identity/domain/role.hpp"

#include <string>
#include <vector>

namespace insighta::identity {

// Closed lists as text[] columns. A word that the table's check lets in and we do not know is left
// out: a newer version may have written it.
std::vector<std::string> words_of(Roles roles);
Roles roles_of(std::vector<std::string> const& words);
std::vector<std::string> words_of(std::vector<Scope> const& scopes);
std::vector<Scope> scopes_of(std::vector<std::string> const& words);

}  // namespace insighta::identity
