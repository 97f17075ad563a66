#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace insighta::http {

/// ASCII letters only, as HTTP compares names.
bool equal_without_case(std::string_view a, std::string_view b);

/// Header fields in order; names compare without case. Values with control characters are refused
/// with std::invalid_argument, so that no header can be injected.
class Headers {
 public:
  /// Adds a field beside those of the same name.
  Headers& add(std::string name, std::string value);
  /// Replaces all fields of that name.
  Headers& set(std::string name, std::string value);
  /// Removes all fields of that name.
  void remove(std::string_view name);
  void clear() { fields_.clear(); }
  /// The first value; empty when absent.
  std::string_view get(std::string_view name) const;
  bool has(std::string_view name) const;
  std::size_t count(std::string_view name) const;

  auto begin() const { return fields_.begin(); }
  auto end() const { return fields_.end(); }

 private:
  std::vector<std::pair<std::string, std::string>> fields_;
};

}  // namespace insighta::http
