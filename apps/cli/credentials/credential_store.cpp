#include "credentials/credential_store.hpp"

#include "files/private_files.hpp"
#include "platform/crypto/crypto.hpp"
#include "platform/json/value.hpp"
#include "platform/json/writer.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <fcntl.h>
#include <sys/file.h>
#include <thread>
#include <unistd.h>

namespace insighta::cli {

namespace {

constexpr auto lock_patience = std::chrono::seconds{30};
constexpr auto lock_poll = std::chrono::milliseconds{10};

std::string digest_of(std::string_view refresh_token) {
  return crypto::hex(crypto::as_bytes(crypto::sha256(refresh_token)));
}

std::string text_of(json::Value const& object, std::string_view name) {
  auto const member = object.find(name);
  auto const text = member ? member->as_string() : std::nullopt;
  return text ? std::string{*text} : std::string{};
}

Instant instant_of(json::Value const& object, std::string_view name) {
  // Without a readable instant the token counts as expired, which a refresh repairs.
  return parse_rfc3339(text_of(object, name)).value_or(Instant{});
}

Credentials decode_entry(json::Value const& entry) {
  auto const offset = entry.find("clock_offset_seconds");
  auto const user = entry.find("user");
  return {.access_token = text_of(entry, "access_token"),
          .access_expires_at = instant_of(entry, "access_expires_at"),
          .clock_offset = std::chrono::seconds{offset ? offset->as_integer().value_or(0) : 0},
          .refresh_token = text_of(entry, "refresh_token"),
          .signed_in_at = instant_of(entry, "signed_in_at"),
          .user_json = user ? user->to_string() : "null"};
}

}  // namespace

CredentialStore::CredentialStore(std::filesystem::path folder) : folder_(std::move(folder)) {}

Result<CredentialsByIssuer> CredentialStore::load() const {
  TRY(auto const content, read_private_file(file("credentials.json")));
  if (!content) return CredentialsByIssuer{};
  auto decoded = decode_credentials(*content);
  if (!decoded) {
    return fail(local_failure(fmt::format("{} is damaged; remove it and run 'insighta login'",
                                          file("credentials.json").string())));
  }
  return decoded;
}

Result<CredentialLock> CredentialStore::lock() const {
  TRY_VOID(ensure_private_folder(folder_));
  auto const path = file("credentials.lock");
  FileDescriptor lock_file(open(path.c_str(), O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600));
  if (!lock_file.is_open()) return fail(system_failure("cannot open " + path.string()));
  auto const give_up = std::chrono::steady_clock::now() + lock_patience;
  while (flock(lock_file.get(), LOCK_EX | LOCK_NB) != 0) {
    if (errno != EWOULDBLOCK && errno != EINTR) {
      return fail(system_failure("cannot lock " + path.string()));
    }
    if (std::chrono::steady_clock::now() > give_up) {
      return fail(
          local_failure("another insighta has been renewing the sign-in for 30 seconds; "
                        "end it and try again"));
    }
    std::this_thread::sleep_for(lock_poll);
  }
  return CredentialLock{std::move(lock_file)};
}

Result<void> CredentialStore::save(CredentialLock const&, CredentialsByIssuer const& all) const {
  return replace_private_file(file("credentials.json"), encode_credentials(all));
}

Result<std::string> CredentialStore::refresh_attempt(CredentialLock const&,
                                                     std::string_view refresh_token) const {
  auto const path = file("refresh.pending");
  std::string const digest = digest_of(refresh_token);
  TRY(auto const content, read_private_file(path));
  if (content) {
    auto const pending = json::Value::parse(*content);
    bool const is_same = pending && text_of(*pending, "refresh_token_sha256") == digest;
    if (is_same && !text_of(*pending, "key").empty()) return text_of(*pending, "key");
  }
  std::string const key = crypto::base64url(crypto::random_bytes(32));
  std::string json;
  json::Writer(json)
      .begin_object()
      .member("refresh_token_sha256", digest)
      .member("key", key)
      .end_object();
  TRY_VOID(replace_private_file(path, json));
  return key;
}

void CredentialStore::forget_refresh_attempt(CredentialLock const&) const {
  // A file that stays is for a token that is no longer used, and ignored.
  unlink(file("refresh.pending").c_str());
}

std::optional<std::string> CredentialStore::last_issuer(CredentialsByIssuer const& all) {
  std::optional<std::string> last;
  for (auto const& [issuer, entry] : all) {
    if (!last || entry.signed_in_at >= all.at(*last).signed_in_at) last = issuer;
  }
  return last;
}

std::string encode_credentials(CredentialsByIssuer const& all) {
  std::string json;
  json::Writer writer(json);
  writer.begin_object();
  for (auto const& [issuer, entry] : all) {
    writer.key(issuer)
        .begin_object()
        .member("access_token", entry.access_token)
        .member("access_expires_at", to_rfc3339(entry.access_expires_at))
        .member("clock_offset_seconds", std::int64_t{entry.clock_offset.count()})
        .member("refresh_token", entry.refresh_token)
        .member("client_id", "insighta-cli")
        .member("signed_in_at", to_rfc3339_ms(entry.signed_in_at))
        .key("user")
        .raw(entry.user_json)
        .end_object();
  }
  writer.end_object();
  return json + "\n";
}

Result<CredentialsByIssuer> decode_credentials(std::string_view json) {
  TRY(auto const document, json::Value::parse(json));
  if (!document.is_object()) return fail(bad_request("not an object"));
  CredentialsByIssuer all;
  for (auto const& [issuer, entry] : document.members()) {
    if (!entry.is_object()) return fail(bad_request("not an object"));
    all.emplace(issuer, decode_entry(entry));
  }
  return all;
}

}  // namespace insighta::cli
