#pragma once

#include <cstdint>
#include <string>

namespace insighta::json {
class Writer;
}

namespace insighta::listing {

/// Where a list stands (spec api.md section 1). `path` is what the caller used, `query` its own
/// filters, encoded, without page and limit.
struct ListPage {
  std::int64_t page = 1;
  std::int64_t limit = 20;
  std::int64_t total = 0;
  std::string path;
  std::string query;
};

/// `page`, `limit`, `total`, `total_pages` and `links` of the object that is being written.
void write_page(json::Writer& writer, ListPage const& page);

}  // namespace insighta::listing
