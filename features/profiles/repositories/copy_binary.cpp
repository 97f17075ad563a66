#include "profiles/repositories/copy_binary.hpp"

#include "platform/postgres/wire.hpp"

#include <bit>
#include <concepts>
#include <cstdint>

namespace insighta::profiles {

namespace {

using postgres::wire::append;

template <std::integral T>
void append_field(std::string& bytes, T value) {
  append(bytes, static_cast<std::int32_t>(sizeof(T)));
  append(bytes, value);
}

void append_field(std::string& bytes, double value) {
  append_field(bytes, std::bit_cast<std::int64_t>(value));
}

void append_field(std::string& bytes, std::string_view text) {
  append(bytes, static_cast<std::int32_t>(text.size()));
  bytes += text;
}

}  // namespace

std::string_view copy_header() {
  using namespace std::string_view_literals;
  return "PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0"sv;
}

void append_staged(std::string& bytes, StagedProfile const& row) {
  auto const& profile = row.profile;
  append(bytes, std::int16_t{11});
  append_field(bytes, row.line);
  auto const& id = profile.id.value.bytes;
  append_field(bytes, std::string_view(reinterpret_cast<char const*>(id.data()), id.size()));
  append_field(bytes, std::int64_t{(profile.created_at - postgres::wire::epoch).count()});
  append_field(bytes, profile.gender_probability);
  append_field(bytes, profile.country_probability);
  append_field(bytes, static_cast<std::int16_t>(profile.age));
  append_field(bytes, to_string(profile.gender));
  append_field(bytes, std::string_view(profile.country_id));
  append_field(bytes, std::string_view(profile.name.spelling));
  append_field(bytes, std::string_view(profile.name.key));
  append_field(bytes, std::string_view(profile.name.search));
}

std::string_view copy_trailer() {
  return "\xff\xff";
}

}  // namespace insighta::profiles
