#pragma once

#include "platform/outcome/result.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace insighta::json {

struct Node;

/// A parsed document and one place in it; copies share the document. Parsing refuses duplicate
/// members, broken UTF-8, more than 32 levels, and trailing text.
class Value {
 public:
  /// 400 `INVALID_JSON` with the offset when the text is not JSON.
  static Result<Value> parse(std::string_view text);

  bool is_null() const;
  bool is_object() const;
  bool is_array() const;
  bool is_string() const;
  std::optional<std::string_view> as_string() const;
  std::optional<std::int64_t> as_integer() const;  ///< integral numbers only
  std::optional<double> as_number() const;
  std::optional<bool> as_bool() const;
  /// Nothing when this is not an object or has no such member.
  std::optional<Value> find(std::string_view name) const;
  /// Empty when this is not an array.
  std::vector<Value> items() const;
  /// Members in order; empty when this is not an object.
  std::vector<std::pair<std::string_view, Value>> members() const;
  /// Back to compact text.
  std::string to_string() const;

 private:
  explicit Value(std::shared_ptr<Node const> node);
  Value child(Node const& node) const;

  // Shared: every place keeps the whole document alive.
  std::shared_ptr<Node const> node_;
};

/// Reads the members of a request body and collects every fault by the path of its field, so that a
/// person sees all of them at once: `ObjectReader body(value); auto name = body.string("name"); …;
/// TRY_VOID(body.finish());`. Readers return a default after a fault, so decoding can go on.
/// Missing, null or blank -> 400 `MISSING_FIELD`; wrong type or value -> 422 `VALIDATION_FAILED`;
/// 400 wins. Optional readers take null for absent.
class ObjectReader {
 public:
  explicit ObjectReader(Value const& object, std::string path = "");

  std::string string(std::string_view name);
  std::optional<std::string> optional_string(std::string_view name);
  std::int64_t integer(std::string_view name, std::int64_t min, std::int64_t max);
  std::optional<std::int64_t> optional_integer(std::string_view name, std::int64_t min,
                                               std::int64_t max);
  std::optional<double> optional_number(std::string_view name, double min, double max);
  std::optional<bool> optional_bool(std::string_view name);
  /// The member as it is, null too.
  std::optional<Value> optional_value(std::string_view name);
  /// Adds a fault found by the caller (a value outside a closed list, …): answered 422.
  void refuse(std::string_view name, std::string message);

  /// Everything that was wrong as one error, or success.
  Result<void> finish() const;

 private:
  std::optional<Value> require(std::string_view name);
  std::optional<Value> present(std::string_view name) const;
  std::optional<std::string> checked_string(std::string_view name, Value const& value);
  std::optional<std::int64_t> checked_integer(std::string_view name, Value const& value,
                                              std::int64_t min, std::int64_t max);
  std::string path_of(std::string_view name) const;

  Value object_;
  std::string path_;
  std::vector<FieldError> missing_;
  std::vector<FieldError> wrong_;
};

}  // namespace insighta::json
