#include "identity/repositories/words.hpp"

namespace insighta::identity {

std::vector<std::string> words_of(Roles roles) {
  std::vector<std::string> words;
  for (auto const role : roles.list()) words.emplace_back(to_string(role));
  return words;
}

Roles roles_of(std::vector<std::string> const& words) {
  Roles roles;
  for (auto const& word : words)
    if (auto const role = parse_role(word)) roles.add(*role);
  return roles;
}

std::vector<std::string> words_of(std::vector<Scope> const& scopes) {
  std::vector<std::string> words;
  for (auto const scope : scopes) words.emplace_back(to_string(scope));
  return words;
}

std::vector<Scope> scopes_of(std::vector<std::string> const& words) {
  std::vector<Scope> scopes;
  for (auto const& word : words)
    if (auto const scope = parse_scope(word)) scopes.push_back(*scope);
  return scopes;
}

}  // namespace insighta::identity
