#include "identity/handlers/link_handlers.hpp"

#include "identity/services/provider.hpp"
#include "platform/crypto/crypto.hpp"
#include "platform/http/error_response.hpp"

#include <algorithm>

namespace insighta::identity {

namespace {

using http::Request;
using http::Response;

constexpr std::string_view path = "/oauth/link";

}  // namespace

std::vector<http::Route> LinkHandlers::routes() {
  using enum http::Method;
  return {
      {get, path, [this](Request& request) { return show(request); }},
      {post, path, [this](Request& request) { return link(request); }},
  };
}

Task<Response> LinkHandlers::show(Request& request) {
  if (auto refusal = co_await parts_.authorize.limited(request)) co_return std::move(*refusal);
  auto const browser_session = cookies_.session(request);
  auto const signed_in = co_await parts_.sign_ins.current(browser_session);
  if (!signed_in) {
    PendingRequest pending;
    pending.return_path = path;
    co_return co_await parts_.authorize.to_provider(std::move(pending), request);
  }
  auto const linked = co_await parts_.accounts.identities(signed_in->user.id);
  SignInPages::LinkPage page{.user = signed_in->user,
                             .csrf_token = parts_.sign_ins.csrf_token(browser_session),
                             .linked = {},
                             .linkable = {}};
  for (auto* const provider : parts_.sign_ins.providers()) {
    auto const found = std::ranges::find(linked, provider->name(), &LinkedIdentity::provider);
    if (found == linked.end())
      page.linkable.emplace_back(provider->name(), provider->title());
    else
      page.linked.emplace_back(provider->title(), found->login);
  }
  co_return parts_.pages.link(page);
}

Task<Response> LinkHandlers::link(Request& request) {
  auto const body = co_await request.read_body();
  if (!body) co_return http::error_response(body.error(), request);
  auto const form = http::parse_form(*body);
  auto const browser_session = cookies_.session(request);
  auto const signed_in = co_await parts_.sign_ins.current(browser_session);
  bool const is_own_form =
      form && signed_in &&
      crypto::equal_in_constant_time(http::find(*form, "csrf_token").value_or(""),
                                     parts_.sign_ins.csrf_token(browser_session));
  if (!is_own_form)
    co_return parts_.pages.message(403, "Start again",
                                   "This page has expired, or nobody is signed in any more.");
  PendingRequest pending;
  pending.return_path = path;
  pending.link_to = signed_in->user.id.to_string();
  pending.provider = http::find(*form, "provider").value_or("");
  co_return co_await parts_.authorize.forward_to_provider(std::move(pending));
}

}  // namespace insighta::identity
