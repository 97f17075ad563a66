// Pairs survive being written and read again; whatever a query asks for has a place and a cursor.

#include "platform/http/request.hpp"
#include "platform/testing/fuzzing.hpp"
#include "profiles/domain/profile_query.hpp"

using namespace insighta;

namespace {

void check_list(profiles::ListQuery const& query) {
  using namespace profiles;
  fuzzing::must(query.limit >= 1 && query.limit <= max_limit, "limits are kept");
  fuzzing::must(query.offset() >= 0, "a page has a place");
  auto sort = query.sort;
  std::string const value = sort.field == SortField::name ? query.filters.name.value_or("a") : "1";
  Cursor const cursor{value, ProfileId{}, query.page};
  auto const text = encode_cursor(cursor, query.filters, sort);
  fuzzing::must(decode_cursor(text, query.filters, sort) == cursor, "a cursor leads back");
  sort.is_descending = !sort.is_descending;
  fuzzing::must(!decode_cursor(text, query.filters, sort), "but not into another list");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  auto const pairs = http::parse_form(fuzzing::Input(data, size).rest());
  if (!pairs) return 0;
  fuzzing::must(http::parse_form(http::form_encoded(*pairs)) == pairs, "pairs read back");
  using enum profiles::Accepts;
  for (auto const accepts : {filters, filters_sort, filters_sort_page, filters_sort_page_q}) {
    auto const asked = profiles::parse_query(*pairs, accepts);
    if (!asked) {
      fuzzing::must(!asked.error().fields.empty(), "a refusal names what is wrong");
      continue;
    }
    if (auto const query = profiles::to_list_query(*asked)) check_list(*query);
  }
  return 0;
}
