#pragma once

#include "platform/postgres/parameters.hpp"
#include "profiles/domain/profile_query.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace insighta::profiles {

/// ` and …` for a `where true`, growing together with what it compares with: parameters, or
/// literals in the text where a statement takes no parameters or its plan should see them.
class Conditions {
 public:
  enum class Values : std::uint8_t { parameters, literals };
  explicit Conditions(Values values) : values_in_(values) {}

  Conditions& equal(std::string_view column, std::string_view value);
  Conditions& any_of(std::string_view column, std::vector<std::string> const& values);
  Conditions& at_least(std::string_view column, double value);
  Conditions& like(std::string_view column, std::string_view pattern);
  /// Within any of the ranges.
  Conditions& within(std::string_view column, std::span<AgeRange const> ranges);
  /// Behind the row of a cursor in an order.
  Conditions& behind(Cursor const& cursor, Sort const& sort);
  /// A number that the text names where it needs it.
  std::string number(std::int64_t value);

  std::string const& text() const { return text_; }
  postgres::Parameters take_values() { return std::move(values_); }

 private:
  template <class T>
  std::string value_of(T const& value, std::string literal);
  Conditions& add(std::string_view condition);

  Values values_in_;
  std::string text_;
  postgres::Parameters values_;
  int count_ = 0;
};

/// The ages that a filter lets through: apart, ascending, none empty.
std::vector<AgeRange> allowed_ages(Filters const& filters);
/// Every condition of a filter on the rows themselves.
void add_filters(Conditions& conditions, Filters const& filters);
/// The column of an order.
std::string_view column_of(SortField field);

}  // namespace insighta::profiles
