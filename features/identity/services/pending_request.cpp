#include "identity/services/pending_request.hpp"

#include "platform/json/value.hpp"
#include "platform/json/writer.hpp"

namespace insighta::identity {

std::string encode(PendingRequest const& request) {
  std::string text;
  json::Writer writer(text);
  writer.begin_object()
      .member("client_id", request.client_id)
      .member("redirect_uri", request.redirect_uri)
      .member("state", request.state)
      .member("code_challenge", request.code_challenge)
      .member("return_path", request.return_path)
      .member("provider", request.provider)
      .member("link_to", request.link_to)
      .member("wants_consent", request.wants_consent)
      .member("is_short_form", request.is_short_form)
      .key("scopes")
      .begin_array();
  for (auto const scope : request.scopes) writer.value(to_string(scope));
  writer.end_array().end_object();
  return text;
}

std::optional<PendingRequest> decode_pending_request(std::string_view text) {
  auto const document = json::Value::parse(text);
  if (!document) return {};
  auto const member = [&](std::string_view name) {
    auto const value = document->find(name);
    return std::string{value ? value->as_string().value_or("") : ""};
  };
  PendingRequest request{.client_id = member("client_id"),
                         .redirect_uri = member("redirect_uri"),
                         .state = member("state"),
                         .code_challenge = member("code_challenge"),
                         .scopes = {},
                         .return_path = member("return_path"),
                         .provider = member("provider"),
                         .link_to = member("link_to")};
  if (auto const mark = document->find("wants_consent"))
    request.wants_consent = mark->as_bool().value_or(false);
  if (auto const mark = document->find("is_short_form"))
    request.is_short_form = mark->as_bool().value_or(false);
  if (auto const scopes = document->find("scopes"))
    for (auto const& item : scopes->items())
      if (auto const scope = parse_scope(item.as_string().value_or("")))
        request.scopes.push_back(*scope);
  return request;
}

}  // namespace insighta::identity
