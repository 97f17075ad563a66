#pragma once

#include "platform/http/request.hpp"
#include "platform/listing/list_page.hpp"
#include "platform/outcome/result.hpp"

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

namespace insighta::listing {

/// The query of a list: page, limit and its own filters. Unknown, repeated or wrong ones are
/// refused together (spec api.md section 1).
class ListQuery {
 public:
  static Result<ListQuery> read(http::Request const& request,
                                std::initializer_list<std::string_view> filters);

  std::optional<std::string> filter(std::string_view name) const;
  std::int64_t limit() const { return page_.limit; }
  std::int64_t offset() const { return (page_.page - 1) * page_.limit; }
  ListPage page(std::int64_t total) const;

 private:
  http::Pairs filters_;
  ListPage page_;
};

/// 422 for the parameters of an endpoint that has none.
Result<void> no_parameters(http::Request const& request);
/// 422 for one wrong filter.
Error invalid_filter(std::string field, std::string expected);

}  // namespace insighta::listing
