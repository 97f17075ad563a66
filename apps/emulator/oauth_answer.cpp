#include "oauth_answer.hpp"

#include "platform/html/page.hpp"
#include "platform/json/value.hpp"
#include "platform/json/writer.hpp"

namespace insighta::emulator {

using http::Pairs;
using http::Request;
using http::Response;

std::string value_of(Pairs const& pairs, std::string_view name) {
  return std::string{http::find(pairs, name).value_or("")};
}

std::optional<Pairs> oauth_parameters(Request const& request, std::string const& body) {
  if (request.content_type() != "application/json") return http::parse_form(body);
  auto const document = json::Value::parse(body);
  if (!document || !document->is_object()) return {};
  Pairs pairs;
  for (auto const& [name, value] : document->members())
    pairs.emplace_back(name, std::string{value.as_string().value_or("")});
  return pairs;
}

Response oauth_answer(Request const& request, Pairs const& members) {
  auto const accept = request.header("Accept");
  if (accept.find("application/json") != std::string_view::npos) {
    std::string body;
    json::Writer writer(body);
    writer.begin_object();
    for (auto const& [name, value] : members)
      if (name == "expires_in" || name == "interval")
        writer.key(name).raw(value);
      else
        writer.member(name, value);
    writer.end_object();
    return http::json_response(200, std::move(body));
  }
  if (accept.find("application/xml") != std::string_view::npos) {
    std::string body = "<OAuth>";
    for (auto const& [name, value] : members)
      body += "<" + name + ">" + html::escaped(value) + "</" + name + ">";
    auto response = http::text_response(200, body + "</OAuth>");
    response.headers.set("Content-Type", "application/xml; charset=utf-8");
    return response;
  }
  auto response = http::text_response(200, http::form_encoded(members));
  response.headers.set("Content-Type", "application/x-www-form-urlencoded; charset=utf-8");
  return response;
}

Pairs oauth_error(std::string error, std::string description) {
  return {{"error", std::move(error)},
          {"error_description", std::move(description)},
          {"error_uri", "https://docs.github.com/apps/managing-oauth-apps/troubleshooting"}};
}

std::string comma_separated(std::string scope) {
  for (char& c : scope)
    if (c == ' ') c = ',';
  return scope;
}

}  // namespace insighta::emulator
