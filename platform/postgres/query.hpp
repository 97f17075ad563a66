#pragma once

#include <string_view>

namespace insighta::postgres {

/// A statement with a name, generated from a .sql file. Prepared once per connection under it, so
/// one name stands for one text and one list of parameter types; a query of several shapes says the
/// shape behind a space. Without a name it is not prepared.
/// Both views must live as long as the statement runs; generated ones live forever.
struct Query {
  std::string_view name;
  std::string_view sql;
};

}  // namespace insighta::postgres
