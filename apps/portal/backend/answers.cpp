#include "backend/answers.hpp"

#include "site/links.hpp"

#include <algorithm>

namespace insighta::portal {

namespace {

double number_of(json::Value const& object, std::string_view name) {
  auto const member = object.find(name);
  return member ? member->as_number().value_or(0) : 0;
}

Instant instant_of(json::Value const& object, std::string_view name) {
  return parse_rfc3339(text_of(object, name)).value_or(Instant{});
}

std::vector<Tally> tallies_of(json::Value const& data, std::string_view name) {
  std::vector<Tally> tallies;
  if (auto const counts = data.find(name))
    for (auto const& [key, count] : counts->members())
      tallies.push_back({std::string{key}, std::string{key}, count.as_integer().value_or(0)});
  return tallies;
}

std::vector<Tally> rows_of(json::Value const& data, std::string_view name, std::string_view key,
                           std::string_view label) {
  std::vector<Tally> tallies;
  if (auto const rows = data.find(name))
    for (auto const& row : rows->items())
      tallies.push_back({text_of(row, key), text_of(row, label), integer_of(row, "count")});
  return tallies;
}

/// The filters as the search understood them; what may be several is a list under its plural.
void decode_interpretation(json::Value const& interpreted, ProfilePage& page) {
  for (auto const& [name, value] : interpreted.members()) {
    for (auto const& item : value.items()) {
      auto const text = std::string{item.as_string().value_or("")};
      if (name == "ignored")
        page.ignored.push_back(text);
      else
        page.understood.emplace_back(name.substr(0, name.size() - 1), text);
    }
    if (!value.is_array()) page.understood.emplace_back(name, text_of(interpreted, name));
  }
}

}  // namespace

bool Person::has_role(std::string_view role) const {
  return std::ranges::find(roles, role) != roles.end();
}

std::string text_of(json::Value const& object, std::string_view name) {
  auto const member = object.find(name);
  if (!member || member->is_null()) return {};
  if (auto const text = member->as_string()) return std::string{*text};
  return member->to_string();
}

std::int64_t integer_of(json::Value const& object, std::string_view name) {
  auto const member = object.find(name);
  return member ? member->as_integer().value_or(0) : 0;
}

bool is_about_fields(Error const& error) {
  return (error.kind == ErrorKind::invalid || error.kind == ErrorKind::bad_request) &&
         !error.fields.empty();
}

Person decode_person(json::Value const& answer) {
  auto const data = answer.find("data").value_or(answer);
  Person person{text_of(data, "id"),
                text_of(data, "username"),
                text_of(data, "email"),
                text_of(data, "avatar_url"),
                {}};
  if (auto const roles = data.find("roles"))
    for (auto const& role : roles->items())
      person.roles.emplace_back(role.as_string().value_or(""));
  return person;
}

Profile decode_profile(json::Value const& profile) {
  return {text_of(profile, "id"),
          text_of(profile, "name"),
          text_of(profile, "gender"),
          number_of(profile, "gender_probability"),
          integer_of(profile, "age"),
          text_of(profile, "age_group"),
          text_of(profile, "country_id"),
          text_of(profile, "country_name"),
          number_of(profile, "country_probability"),
          instant_of(profile, "created_at")};
}

ProfilePage decode_profile_page(json::Value const& answer) {
  ProfilePage page;
  if (auto const data = answer.find("data"))
    for (auto const& profile : data->items()) page.profiles.push_back(decode_profile(profile));
  page.page = integer_of(answer, "page");
  page.limit = integer_of(answer, "limit");
  page.total = integer_of(answer, "total");
  page.total_pages = integer_of(answer, "total_pages");
  if (auto const links = answer.find("links")) {
    page.next = query_of(text_of(*links, "next"));
    page.previous = query_of(text_of(*links, "prev"));
  }
  if (auto const interpreted = answer.find("interpreted"))
    decode_interpretation(*interpreted, page);
  return page;
}

Statistics decode_statistics(json::Value const& answer) {
  auto const data = answer.find("data").value_or(answer);
  Statistics statistics;
  statistics.total = integer_of(data, "total");
  statistics.gender = tallies_of(data, "gender");
  statistics.age_group = tallies_of(data, "age_group");
  statistics.country = rows_of(data, "country", "country_id", "country_name");
  std::ranges::sort(statistics.country, [](Tally const& a, Tally const& b) {
    return std::pair{b.count, a.label} < std::pair{a.count, b.label};
  });
  statistics.created = rows_of(data, "created", "date", "date");
  std::ranges::sort(statistics.created, {}, &Tally::key);
  if (auto const ages = data.find("age"))
    for (auto const& row : ages->items())
      statistics.age.emplace_back(integer_of(row, "age"), integer_of(row, "count"));
  std::ranges::sort(statistics.age);
  return statistics;
}

std::vector<ReuseNotice> decode_notices(json::Value const& answer) {
  std::vector<ReuseNotice> notices;
  auto const data = answer.find("data");
  if (!data) return notices;
  for (auto const& row : data->items())
    notices.push_back({text_of(row, "id"), text_of(row, "name"), instant_of(row, "at"),
                       text_of(row, "address"), text_of(row, "other_address")});
  return notices;
}

std::vector<SignedInDevice> decode_devices(json::Value const& answer) {
  std::vector<SignedInDevice> devices;
  auto const data = answer.find("data");
  if (!data) return devices;
  for (auto const& row : data->items()) {
    auto const current = row.find("is_current");
    devices.push_back({text_of(row, "id"), text_of(row, "client_id"), text_of(row, "address"),
                       text_of(row, "device"), instant_of(row, "created_at"),
                       instant_of(row, "last_used_at"),
                       current && current->as_bool().value_or(false)});
  }
  return devices;
}

}  // namespace insighta::portal
