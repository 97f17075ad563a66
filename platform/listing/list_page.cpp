#include "platform/listing/list_page.hpp"

#include "platform/json/writer.hpp"

#include <fmt/format.h>

namespace insighta::listing {

namespace {

std::string link(ListPage const& page, std::int64_t number) {
  auto text = fmt::format("{}?page={}&limit={}", page.path, number, page.limit);
  if (!page.query.empty()) text.append("&").append(page.query);
  return text;
}

}  // namespace

void write_page(json::Writer& writer, ListPage const& page) {
  auto const pages = (page.total + page.limit - 1) / page.limit;
  writer.member("page", page.page)
      .member("limit", page.limit)
      .member("total", page.total)
      .member("total_pages", pages);
  writer.key("links").begin_object().member("self", link(page, page.page));
  writer.key("next");
  if (page.page < pages)
    writer.value(link(page, page.page + 1));
  else
    writer.null();
  writer.key("prev");
  if (page.page > 1)
    writer.value(link(page, page.page - 1));
  else
    writer.null();
  writer.end_object();
}

}  // namespace insighta::listing
