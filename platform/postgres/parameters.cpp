#include "platform/postgres/parameters.hpp"

#include "platform/postgres/oids.hpp"
#include "platform/postgres/wire.hpp"

#include <bit>

namespace insighta::postgres {

namespace {

std::string_view as_text(Uuid const& uuid) {
  return {reinterpret_cast<char const*>(uuid.bytes.data()), uuid.bytes.size()};
}

template <std::integral T>
std::string number(T value) {
  std::string bytes;
  wire::append(bytes, value);
  return bytes;
}

/// One dimension, no NULLs. `element` gives the bytes of one value.
template <class T, class Element>
std::string array(std::vector<T> const& values, oid::Oid type, Element element) {
  std::string bytes;
  wire::append(bytes, std::int32_t{values.empty() ? 0 : 1});
  wire::append(bytes, std::int32_t{0});
  wire::append(bytes, type);
  if (values.empty()) return bytes;
  wire::append(bytes, static_cast<std::int32_t>(values.size()));
  wire::append(bytes, std::int32_t{1});
  for (auto const& value : values) {
    auto const one = element(value);
    wire::append(bytes, static_cast<std::int32_t>(one.size()));
    bytes += one;
  }
  return bytes;
}

}  // namespace

Parameters& Parameters::add(bool value) {
  values_.push_back({oid::boolean, std::string(1, value ? '\1' : '\0')});
  return *this;
}

Parameters& Parameters::add(std::int32_t value) {
  values_.push_back({oid::int4, number(value)});
  return *this;
}

Parameters& Parameters::add(std::int64_t value) {
  values_.push_back({oid::int8, number(value)});
  return *this;
}

Parameters& Parameters::add(double value) {
  values_.push_back({oid::float8, number(std::bit_cast<std::uint64_t>(value))});
  return *this;
}

Parameters& Parameters::add(std::string_view value) {
  values_.push_back({oid::text, std::string(value)});
  return *this;
}

Parameters& Parameters::add(Uuid const& value) {
  values_.push_back({oid::uuid, std::string(as_text(value))});
  return *this;
}

Parameters& Parameters::add(Instant value) {
  std::int64_t const since_epoch = (value - wire::epoch).count();
  values_.push_back({oid::timestamptz, number(since_epoch)});
  return *this;
}

Parameters& Parameters::add(Bytes value) {
  values_.push_back({oid::bytea, std::string(value.bytes)});
  return *this;
}

Parameters& Parameters::add(std::vector<std::string> const& values) {
  auto const element = [](std::string const& value) { return std::string_view{value}; };
  values_.push_back({oid::text_array, array(values, oid::text, element)});
  return *this;
}

Parameters& Parameters::add(std::vector<std::int32_t> const& values) {
  auto const element = [](std::int32_t value) { return number(value); };
  values_.push_back({oid::int4_array, array(values, oid::int4, element)});
  return *this;
}

Parameters& Parameters::add(std::vector<Uuid> const& values) {
  values_.push_back({oid::uuid_array, array(values, oid::uuid, as_text)});
  return *this;
}

Parameters& Parameters::make_last_null() {
  values_.back().bytes.clear();
  values_.back().is_null = true;
  return *this;
}

}  // namespace insighta::postgres
