#pragma once

#include "platform/clock/clock.hpp"
#include "platform/http/request.hpp"
#include "platform/json/value.hpp"
#include "platform/outcome/error.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace insighta::portal {

/// What the API's answers hold, as the pages need it. A member that is missing reads as empty.

struct Person {
  std::string id;
  std::string username;
  std::string email;
  std::string avatar_url;
  std::vector<std::string> roles;

  bool has_role(std::string_view role) const;
  bool is_admin() const { return has_role("admin"); }
  bool may_read_profiles() const { return is_admin() || has_role("analyst"); }
};

struct Profile {
  std::string id;
  std::string name;
  std::string gender;
  double gender_probability = 0;
  std::int64_t age = 0;
  std::string age_group;
  std::string country_id;
  std::string country_name;
  double country_probability = 0;
  Instant created_at;
};

struct ProfilePage {
  std::vector<Profile> profiles;
  std::int64_t page = 1;
  std::int64_t limit = 10;
  std::int64_t total = 0;
  std::int64_t total_pages = 0;
  http::Pairs next;                  ///< the query of the next page; empty on the last one
  http::Pairs previous;              ///< the same backwards
  http::Pairs understood;            ///< of a search: the filters
  std::vector<std::string> ignored;  ///< of a search: words without meaning
};

struct Tally {
  std::string key;
  std::string label;
  std::int64_t count = 0;
};

struct Statistics {
  std::int64_t total = 0;
  std::vector<Tally> gender;
  std::vector<Tally> age_group;
  std::vector<Tally> country;                              ///< most frequent first
  std::vector<Tally> created;                              ///< by day, oldest first
  std::vector<std::pair<std::int64_t, std::int64_t>> age;  ///< age, count; ascending
};

struct SignedInDevice {
  std::string id;
  std::string client;
  std::string address;
  std::string device;  ///< what its program calls itself
  Instant created_at;
  Instant last_used_at;
  bool is_current = false;
};

/// A session of the person that ended because one of its tokens was used twice.
struct ReuseNotice {
  std::string id;
  std::string client_name;
  Instant at;
  std::string address;
  std::string other_address;
};

Person decode_person(json::Value const& answer);
Profile decode_profile(json::Value const& profile);
ProfilePage decode_profile_page(json::Value const& answer);
Statistics decode_statistics(json::Value const& answer);
std::vector<SignedInDevice> decode_devices(json::Value const& answer);
std::vector<ReuseNotice> decode_notices(json::Value const& answer);

/// A member of an object as text: numbers and booleans as JSON writes them.
std::string text_of(json::Value const& object, std::string_view name);
std::int64_t integer_of(json::Value const& object, std::string_view name);

/// The API refused values that somebody typed: to be shown beside their fields.
bool is_about_fields(Error const& error);

}  // namespace insighta::portal
