#pragma once

#include <string_view>

namespace insighta::postgres {

/// A statement with a name, generated from a .sql file. Prepared once per connection under it.
struct Query {
  std::string_view name;
  std::string_view sql;
};

}  // namespace insighta::postgres
