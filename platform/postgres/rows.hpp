#pragma once

#include "platform/clock/clock.hpp"
#include "platform/uuid/uuid.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

struct pg_result;

namespace insighta::postgres {

class Row;

/// The answer of one statement, in binary. Move-only; text views live as long as it does.
class Rows {
 public:
  Rows() = default;
  explicit Rows(pg_result* result);  ///< takes ownership

  std::size_t size() const;
  bool is_empty() const { return size() == 0; }
  Row operator[](std::size_t index) const;
  /// The only row; BrokenInvariant unless there is exactly one.
  Row single() const;
  /// Rows inserted, updated or deleted (for statements without RETURNING as well).
  std::int64_t affected() const;

  class Iterator;
  Iterator begin() const;
  Iterator end() const;

 private:
  friend class Row;
  struct Clear {
    void operator()(pg_result* result) const;
  };
  std::unique_ptr<pg_result, Clear> result_;
};

/// One row. get<T>(column) decodes by position, from 0; the column's type must be T's (int2 and
/// int4 also read as int64, float4 as double; text, varchar, char, json and jsonb as text), else
/// BrokenInvariant. NULL only reads as std::optional<T>. Lives no longer than its Rows.
class Row {
 public:
  Row(Rows const& rows, std::size_t index) : rows_(&rows), index_(index) {}

  bool is_null(std::size_t column) const;
  template <class T>
  T get(std::size_t column) const {
    if constexpr (requires {
                    typename T::value_type;
                    requires std::is_same_v<T, std::optional<typename T::value_type>>;
                  }) {
      if (is_null(column)) return std::nullopt;
      return get<typename T::value_type>(column);
    } else if constexpr (requires {
                           T::make;
                           T::parse;
                           requires std::is_same_v<decltype(T::value), Uuid>;
                         }) {
      return T{uuid(column)};
    } else {
      return decode(column, static_cast<T*>(nullptr));
    }
  }

 private:
  Uuid uuid(std::size_t column) const;
  bool decode(std::size_t column, bool*) const;
  std::int32_t decode(std::size_t column, std::int32_t*) const;
  std::int64_t decode(std::size_t column, std::int64_t*) const;
  double decode(std::size_t column, double*) const;
  std::string decode(std::size_t column, std::string*) const;            ///< text or bytea
  std::string_view decode(std::size_t column, std::string_view*) const;  ///< text or bytea
  Uuid decode(std::size_t column, Uuid*) const { return uuid(column); }
  Instant decode(std::size_t column, Instant*) const;
  std::vector<std::string> decode(std::size_t column, std::vector<std::string>*) const;

  std::uint32_t type(std::size_t column) const;
  std::string_view bytes(std::size_t column) const;  ///< BrokenInvariant when NULL
  [[noreturn]] void refuse_type(std::size_t column, char const* wanted) const;

  Rows const* rows_;
  std::size_t index_;
};

class Rows::Iterator {
 public:
  Iterator(Rows const& rows, std::size_t index) : rows_(&rows), index_(index) {}
  Row operator*() const { return {*rows_, index_}; }
  Iterator& operator++() {
    ++index_;
    return *this;
  }
  bool operator==(Iterator const& other) const { return index_ == other.index_; }

 private:
  Rows const* rows_;
  std::size_t index_;
};

inline Rows::Iterator Rows::begin() const {
  return {*this, 0};
}
inline Rows::Iterator Rows::end() const {
  return {*this, size()};
}
inline Row Rows::operator[](std::size_t index) const {
  return {*this, index};
}

}  // namespace insighta::postgres
