#include "profiles/services/name_apis.hpp"

#include "platform/async/when_all.hpp"
#include "platform/http/request.hpp"
#include "platform/json/value.hpp"
#include "profiles/domain/country.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace insighta::profiles {

namespace {

constexpr std::string_view genderize = "Genderize";
constexpr std::string_view agify = "Agify";
constexpr std::string_view nationalize = "Nationalize";

std::unexpected<Error> invalid_response(std::string_view service) {
  return fail(bad_upstream(fmt::format("{} returned an invalid response", service)));
}

Error limit_reached(std::string_view service, http::Headers const& headers) {
  constexpr int when_not_said = 60;
  auto const text = headers.get("Retry-After");
  int seconds = 0;
  std::from_chars(text.data(), text.data() + text.size(), seconds);
  return unavailable(fmt::format("{} allows no more questions for now", service),
                     std::chrono::seconds{seconds > 0 ? seconds : when_not_said});
}

std::optional<double> probability_of(json::Value const& object) {
  auto const member = object.find("probability");
  auto const number = member ? member->as_number() : std::nullopt;
  return number && *number >= 0 && *number <= 1 ? number : std::nullopt;
}

bool read_gender(json::Value const& answer, NameFacts& facts) {
  auto const word = answer.find("gender");
  auto const count = answer.find("count");
  auto const probability = probability_of(answer);
  if (!word || !word->as_string() || !count || count->as_integer().value_or(0) <= 0) return false;
  auto const gender = parse_gender(*word->as_string());
  if (!gender || !probability) return false;
  facts.gender = *gender;
  facts.gender_probability = *probability;
  return true;
}

bool read_age(json::Value const& answer, NameFacts& facts) {
  auto const member = answer.find("age");
  auto const age = member ? member->as_integer() : std::nullopt;
  if (!age || *age < 0 || *age > max_age) return false;
  facts.age = static_cast<int>(*age);
  return true;
}

bool read_country(json::Value const& answer, NameFacts& facts) {
  auto const list = answer.find("country");
  bool has_one = false;
  for (auto const& item : list ? list->items() : std::vector<json::Value>{}) {
    auto const code = item.find("country_id");
    auto const* country = code && code->as_string() ? find_country(*code->as_string()) : nullptr;
    auto const probability = probability_of(item);
    if (country == nullptr || !probability) continue;
    if (has_one && *probability <= facts.country_probability) continue;
    has_one = true;
    facts.country_id = country->code;
    facts.country_probability = *probability;
  }
  return has_one;
}

using Read = bool (*)(json::Value const&, NameFacts&);

Result<void> read_answer(std::string_view service, Result<std::string> const& body, Read read,
                         NameFacts& facts) {
  if (!body) return fail(body.error());
  auto const answer = json::Value::parse(*body);
  if (!answer || !read(*answer, facts)) return invalid_response(service);
  return {};
}

}  // namespace

Task<Result<NameFacts>> NameApis::ask(std::string const& name) {
  auto const [gender, age, country] = co_await when_all(
      ask_one(genderize, settings_.genderize_url, name), ask_one(agify, settings_.agify_url, name),
      ask_one(nationalize, settings_.nationalize_url, name));
  NameFacts facts;
  CO_TRY_VOID(read_answer(genderize, gender, read_gender, facts));
  CO_TRY_VOID(read_answer(agify, age, read_age, facts));
  CO_TRY_VOID(read_answer(nationalize, country, read_country, facts));
  co_return facts;
}

Task<Result<std::string>> NameApis::ask_one(std::string_view service, std::string base_url,
                                            std::string name) {
  auto url = fmt::format("{}?name={}", base_url, http::url_encoded(name));
  if (!settings_.api_key.empty()) url += "&apikey=" + http::url_encoded(settings_.api_key);
  auto response = co_await send_with_retry(std::move(url));
  if (response && response->status == 429)
    co_return fail(limit_reached(service, response->headers));
  if (!response || response->status < 200 || response->status > 299)
    co_return invalid_response(service);
  co_return std::move(response->body);
}

Task<Result<http::ClientResponse>> NameApis::send_with_retry(std::string url) {
  http::ClientRequest request;
  request.url = std::move(url);
  request.timeout = settings_.timeout;
  auto response = co_await client_.send(request);
  if (response && response->status >= 500) response = co_await client_.send(request);
  co_return response;
}

}  // namespace insighta::profiles
