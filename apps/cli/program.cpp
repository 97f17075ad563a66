#include "program.hpp"

#include "api/api_url.hpp"
#include "files/private_files.hpp"

#include <algorithm>
#include <cstdlib>
#include <memory>
#include <pwd.h>
#include <unistd.h>

namespace insighta::cli {

namespace {

/// Nothing when unset or empty.
std::optional<std::string> environment(char const* name) {
  char const* const value = std::getenv(name);
  if (value == nullptr || *value == '\0') return std::nullopt;
  return value;
}

Result<std::filesystem::path> home_folder() {
  if (auto const home = environment("HOME")) return *home;
  if (passwd const* const entry = getpwuid(geteuid()); entry != nullptr) return entry->pw_dir;
  return fail(local_failure("there is no home folder for the credentials; set HOME"));
}

Result<std::string> choose_api_url(Program const& program, CredentialStore const& store) {
  if (program.api_url) return checked_api_url(*program.api_url);
  if (auto const url = environment("INSIGHTA_API_URL")) return checked_api_url(*url);
  TRY(auto const all, store.load());
  return checked_api_url(CredentialStore::last_issuer(all).value_or("http://localhost:8080"));
}

Result<std::optional<std::string>> fixed_token() {
  auto token = environment("INSIGHTA_TOKEN");
  bool const is_clean =
      !token || std::ranges::all_of(*token, [](char c) { return c > ' ' && c < '\x7f'; });
  if (!is_clean) return fail(invalid("INSIGHTA_TOKEN is no token: it has blanks or other signs"));
  return token;
}

}  // namespace

Result<std::unique_ptr<Connection>> Connection::make(Program const& program) {
  TRY(auto const home, home_folder());
  CredentialStore store(home / ".insighta");
  TRY(std::string api_url, choose_api_url(program, store));
  TRY(auto token, fixed_token());
  return std::unique_ptr<Connection>(
      new Connection(std::move(store), std::move(api_url), std::move(token)));
}

Connection::Connection(CredentialStore store, std::string api_url,
                       std::optional<std::string> fixed_token)
    : transfers_("insighta/" INSIGHTA_VERSION),
      store_(std::move(store)),
      api_url_(std::move(api_url)),
      has_fixed_token_(fixed_token.has_value()),
      tokens_(store_, transfers_, clock_, api_url_, std::move(fixed_token)),
      api_(transfers_, tokens_, api_url_) {}

}  // namespace insighta::cli
