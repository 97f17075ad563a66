#include "profiles/repositories/copy_binary.hpp"

#include "platform/outcome/ensure.hpp"
#include "platform/postgres/wire.hpp"

#include <algorithm>
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

/// Takes one row after the other from the front of a piece.
class Reader {
 public:
  explicit Reader(std::string_view bytes) : bytes_(bytes) {}

  bool is_at_end() const { return bytes_.empty(); }
  template <std::integral T>
  T number() {
    return postgres::wire::read<T>(take(sizeof(T)));
  }
  std::string_view field() {
    auto const size = number<std::int32_t>();
    ensure(size >= 0, "an exported column is not null");
    return take(static_cast<std::size_t>(size));
  }
  template <std::integral T>
  T number_field() {
    auto const value = field();
    ensure(value.size() == sizeof(T), "COPY gives a number of its type");
    return postgres::wire::read<T>(value);
  }
  double double_field() { return std::bit_cast<double>(number_field<std::int64_t>()); }

 private:
  std::string_view take(std::size_t size) {
    ensure(size <= bytes_.size(), "COPY gives whole rows");
    auto const part = bytes_.substr(0, size);
    bytes_.remove_prefix(size);
    return part;
  }

  std::string_view bytes_;
};

Profile profile_of(Reader& row) {
  Profile profile;
  auto const id = row.field();
  ensure(id.size() == profile.id.value.bytes.size(), "COPY gives an id");
  std::ranges::copy(id, profile.id.value.bytes.begin());
  profile.created_at =
      postgres::wire::epoch + std::chrono::microseconds{row.number_field<std::int64_t>()};
  profile.gender_probability = row.double_field();
  profile.country_probability = row.double_field();
  profile.age = row.number_field<std::int16_t>();
  profile.gender = row.field() == to_string(Gender::male) ? Gender::male : Gender::female;
  profile.country_id = row.field();
  profile.name = row.field();
  return profile;
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

void append_exported(std::string_view piece, std::vector<Profile>& profiles) {
  constexpr std::int16_t columns = 8;
  constexpr std::int16_t end = -1;
  constexpr std::size_t usual_row = 100;  // bytes
  if (piece.starts_with(copy_header())) piece.remove_prefix(copy_header().size());
  profiles.reserve(profiles.size() + piece.size() / usual_row);
  Reader rows(piece);
  while (!rows.is_at_end()) {
    auto const count = rows.number<std::int16_t>();
    if (count == end) break;
    ensure(count == columns, "an exported row has its columns");
    profiles.push_back(profile_of(rows));
  }
}

}  // namespace insighta::profiles
