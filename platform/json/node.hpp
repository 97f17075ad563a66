#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace insighta::json {

struct Member;

/// One place of a parsed document, with everything below it. Only this module's .cpp files see it.
struct Node {
  using Array = std::vector<Node>;
  using Object = std::vector<Member>;

  std::variant<std::nullptr_t, bool, std::int64_t, double, std::string, Array, Object> content;
};

struct Member {
  std::string name;
  Node node;
};

}  // namespace insighta::json
