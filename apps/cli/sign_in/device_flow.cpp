#include "sign_in/device_flow.hpp"

#include "api/answer_error.hpp"
#include "api/query_string.hpp"
#include "platform/json/value.hpp"
#include "sign_in/issuer.hpp"
#include "terminal/visible_text.hpp"

#include <fmt/format.h>

#include <chrono>
#include <thread>

namespace insighta::cli {

namespace {

using SteadyClock = std::chrono::steady_clock;

constexpr auto slowed_by = std::chrono::seconds{5};

/// What the server gave the device (RFC 8628 section 3.2).
struct Grant {
  std::string device_code;
  std::string user_code;
  std::string page;
  std::string complete_page;
  std::chrono::seconds interval{5};
  SteadyClock::time_point end;
};

transfer::Call form_call(std::string url, Parameters const& form) {
  return {.method = "POST",
          .url = std::move(url),
          .headers = {{"Content-Type", "application/x-www-form-urlencoded"}},
          .body = form_of(form)};
}

Result<Grant> begin(transfer::Transfers& transfers, std::string const& issuer) {
  TRY(auto const answer, transfers.perform(form_call(issuer + "/oauth/device_authorization",
                                                     {{"client_id", "insighta-cli"}})));
  if (!answer.is_success()) return fail(error_of(answer));
  TRY(auto const body, json::Value::parse(answer.body));
  json::ObjectReader reader(body);
  Grant grant;
  grant.device_code = reader.string("device_code");
  grant.user_code = reader.string("user_code");
  grant.page = reader.string("verification_uri");
  grant.complete_page = reader.optional_string("verification_uri_complete").value_or(grant.page);
  grant.end = SteadyClock::now() + std::chrono::seconds{reader.integer("expires_in", 1, 86'400)};
  grant.interval = std::chrono::seconds{reader.optional_integer("interval", 1, 3'600).value_or(5)};
  if (auto const read = reader.finish(); !read)
    return fail(bad_upstream("the server's device answer is broken: " + read.error().message));
  return grant;
}

void invite(Grant const& grant, std::function<void(std::string_view)> const& show) {
  show("To sign in, open this address in a browser on any device:");
  show("");
  show(visible(grant.page));
  show("");
  show(fmt::format("and type the code  {}", visible(grant.user_code)));
  show("");
  show("Or open " + visible(grant.complete_page));
}

/// The server's last word, or nothing while the person has not decided.
std::optional<Result<transfer::Answer>> ask(transfer::Transfers& transfers,
                                            std::string const& issuer, Grant& grant) {
  auto answer = transfers.perform(form_call(
      issuer + "/oauth/token", {{"grant_type", "urn:ietf:params:oauth:grant-type:device_code"},
                                {"device_code", grant.device_code},
                                {"client_id", "insighta-cli"}}));
  // A network that comes and goes ends nothing: the code is still good.
  if (!answer || answer->status >= 500 || answer->status == 429) return {};
  if (answer->is_success()) return std::move(answer);
  Error error = error_of(*answer);
  if (error.code == "authorization_pending") return {};
  if (error.code == "slow_down") {
    grant.interval += slowed_by;
    return {};
  }
  error.kind = error.code == "access_denied" ? ErrorKind::forbidden : ErrorKind::unauthenticated;
  error.message = "the sign-in was refused: " + error.message;
  return fail(std::move(error));
}

}  // namespace

Result<transfer::Answer> sign_in_by_device(transfer::Transfers& transfers,
                                           std::string const& issuer,
                                           std::function<void(std::string_view)> const& show) {
  TRY_VOID(check_issuer(transfers, issuer));
  TRY(Grant grant, begin(transfers, issuer));
  invite(grant, show);
  while (SteadyClock::now() < grant.end) {
    std::this_thread::sleep_for(grant.interval);
    if (auto answer = ask(transfers, issuer, grant)) return *std::move(answer);
  }
  return fail(
      unauthenticated("nobody approved in time; run 'insighta login' again", "SIGN_IN_TIMEOUT"));
}

}  // namespace insighta::cli
