#pragma once

#include "platform/clock/clock.hpp"
#include "platform/uuid/uuid.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace insighta::postgres {

/// Raw bytes for a bytea column.
struct Bytes {
  std::string_view bytes;
};

/// The values of $1, $2, … in order, each encoded in PostgreSQL's binary format with its type, so
/// that the server infers nothing: bool, int4 (std::int32_t), int8, float8, text, uuid,
/// timestamptz, bytea and one-dimensional arrays of text, int4 and uuid. An empty optional is NULL.
class Parameters {
 public:
  Parameters() = default;
  template <class... T>
  explicit Parameters(T const&... values) {
    (add(values), ...);
  }

  Parameters& add(bool value);
  Parameters& add(std::int32_t value);
  Parameters& add(std::int64_t value);
  Parameters& add(double value);
  Parameters& add(std::string_view value);
  Parameters& add(std::string const& value) { return add(std::string_view{value}); }
  Parameters& add(char const* value) { return add(std::string_view{value}); }
  Parameters& add(Uuid const& value);
  Parameters& add(Instant value);
  Parameters& add(Bytes value);
  Parameters& add(std::vector<std::string> const& values);
  Parameters& add(std::vector<std::int32_t> const& values);
  Parameters& add(std::vector<Uuid> const& values);
  template <class Tag>
  Parameters& add(Id<Tag> const& id) {
    return add(id.value);
  }
  template <class T>
  Parameters& add(std::optional<T> const& maybe) {
    if (maybe) return add(*maybe);
    add(T{});
    return make_last_null();
  }

 private:
  friend class Connection;
  struct Value {
    std::uint32_t type;
    std::string bytes;
    bool is_null = false;
  };
  Parameters& make_last_null();

  std::vector<Value> values_;
};

}  // namespace insighta::postgres
