#pragma once

#include "platform/async/task.hpp"
#include "platform/http/client.hpp"
#include "platform/outcome/result.hpp"
#include "profiles/domain/profile.hpp"

#include <chrono>
#include <string>
#include <string_view>

namespace insighta::profiles {

/// Where the three services that guess from a name are.
struct NameApiSettings {
  std::string genderize_url = "https://api.genderize.io";
  std::string agify_url = "https://api.agify.io";
  std::string nationalize_url = "https://api.nationalize.io";
  std::string api_key = {};  ///< sent as apikey when not empty; never logged
  std::chrono::milliseconds timeout{5'000};
};

/// What they say about a name.
struct NameFacts {
  Gender gender = Gender::male;
  double gender_probability = 1;
  int age = 0;
  std::string country_id;
  double country_probability = 1;
};

/// Asks Genderize, Agify and Nationalize side by side. One per event loop.
class NameApis {
 public:
  NameApis(http::Client& client, NameApiSettings settings)
      : client_(client), settings_(std::move(settings)) {}

  /// 502 `<Genderize|Agify|Nationalize> returned an invalid response`, of the first in that order;
  /// 503 with their Retry-After when one of them says 429.
  Task<Result<NameFacts>> ask(std::string const& name);

 private:
  Task<Result<std::string>> ask_one(std::string_view service, std::string base_url,
                                    std::string name);
  Task<Result<http::ClientResponse>> send_with_retry(std::string url);

  http::Client& client_;
  NameApiSettings const settings_;
};

}  // namespace insighta::profiles
