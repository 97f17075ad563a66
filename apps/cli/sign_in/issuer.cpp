#include "sign_in/issuer.hpp"

#include "platform/json/value.hpp"
#include "terminal/visible_text.hpp"

#include <fmt/format.h>

namespace insighta::cli {

Result<void> check_issuer(transfer::Transfers& transfers, std::string const& issuer) {
  TRY(auto const answer,
      transfers.perform({.url = issuer + "/.well-known/oauth-authorization-server"}));
  if (!answer.is_success()) {
    return fail(bad_upstream(
        fmt::format("{} is no Insighta server (it answered {})", issuer, answer.status)));
  }
  auto const metadata = json::Value::parse(answer.body);
  auto const member = metadata ? metadata->find("issuer") : std::nullopt;
  auto const name = member ? member->as_string() : std::nullopt;
  if (!name) return fail(bad_upstream(fmt::format("{} is no Insighta server", issuer)));
  if (*name == issuer) return {};
  return fail(invalid(fmt::format("the server at {} is called {}; use --api-url {}", issuer,
                                  visible(*name), visible(*name))));
}

}  // namespace insighta::cli
