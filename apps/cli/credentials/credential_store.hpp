#pragma once

#include "files/file_descriptor.hpp"
#include "platform/clock/clock.hpp"
#include "platform/outcome/result.hpp"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace insighta::cli {

/// A sign-in at one server.
struct Credentials {
  std::string access_token;
  Instant access_expires_at;             ///< by the server's clock
  std::chrono::seconds clock_offset{0};  ///< server's clock minus this computer's
  std::string refresh_token;
  Instant signed_in_at;            ///< by this computer's clock
  std::string user_json = "null";  ///< the API's user object as it came
};

/// By issuer, so that servers do not mix.
using CredentialsByIssuer = std::map<std::string, Credentials>;

/// Who holds it is alone in changing the files, across processes; let go by destruction or death.
class CredentialLock {
 public:
  explicit CredentialLock(FileDescriptor file) : file_(std::move(file)) {}

 private:
  FileDescriptor file_;
};

/// `~/.insighta`: credentials.json, credentials.lock, refresh.pending. Reading needs no lock, since
/// files are replaced whole; everything else takes one.
class CredentialStore {
 public:
  explicit CredentialStore(std::filesystem::path folder);

  /// Nothing signed in is an empty map; a file that is not ours or not readable is an error.
  Result<CredentialsByIssuer> load() const;
  /// Waits up to 30 s for other processes.
  Result<CredentialLock> lock() const;
  Result<void> save(CredentialLock const& lock, CredentialsByIssuer const& all) const;

  /// The Idempotency-Key for using up this refresh token: the one of a process that was killed
  /// while it did so, else a new one, stored before it is given out.
  Result<std::string> refresh_attempt(CredentialLock const& lock,
                                      std::string_view refresh_token) const;
  /// The attempt has ended, either way.
  void forget_refresh_attempt(CredentialLock const& lock) const;

  /// Where somebody signed in last.
  static std::optional<std::string> last_issuer(CredentialsByIssuer const& all);

 private:
  std::filesystem::path file(std::string_view name) const { return folder_ / name; }

  std::filesystem::path folder_;
};

/// The file's JSON, both ways.
std::string encode_credentials(CredentialsByIssuer const& all);
Result<CredentialsByIssuer> decode_credentials(std::string_view json);

}  // namespace insighta::cli
