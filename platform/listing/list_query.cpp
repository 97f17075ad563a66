#include "platform/listing/list_query.hpp"

#include <algorithm>
#include <charconv>
#include <limits>

namespace insighta::listing {

namespace {

constexpr std::int64_t default_limit = 20;
constexpr std::int64_t max_limit = 100;
constexpr std::int64_t max_page = 1'000'000'000;

std::optional<std::int64_t> positive(std::string_view text) {
  std::int64_t number = 0;
  auto const* const end = text.data() + text.size();
  auto const [rest, error] = std::from_chars(text.data(), end, number);
  // More than fits is more than any maximum.
  if (error == std::errc::result_out_of_range && rest == end && !text.starts_with('-'))
    return std::numeric_limits<std::int64_t>::max();
  if (error != std::errc{} || rest != end || number < 1) return {};
  return number;
}

}  // namespace

Error invalid_filter(std::string field, std::string expected) {
  return invalid("Invalid query parameters", {{std::move(field), std::move(expected)}});
}

Result<void> no_parameters(http::Request const& request) {
  TRY(auto const pairs, request.query_pairs());
  std::vector<FieldError> faults;
  for (auto const& [name, value] : pairs) faults.push_back({name, "there is no such parameter"});
  if (faults.empty()) return {};
  return fail(invalid("Invalid query parameters", std::move(faults)));
}

Result<ListQuery> ListQuery::read(http::Request const& request,
                                  std::initializer_list<std::string_view> filters) {
  TRY(auto pairs, request.query_pairs());
  ListQuery query;
  query.page_.limit = default_limit;
  query.page_.path = std::string{request.path};
  std::vector<FieldError> faults;
  http::Pairs seen;
  for (auto const& [name, value] : pairs) {
    if (http::find(seen, name)) {
      faults.push_back({name, "expected once"});
      continue;
    }
    seen.emplace_back(name, value);
    if (name == "page" || name == "limit") {
      auto const number = positive(value);
      if (!number)
        faults.push_back({name, "expected a whole number from 1"});
      else if (name == "page")
        query.page_.page = std::min(*number, max_page);
      else
        query.page_.limit = std::min(*number, max_limit);
    } else if (std::ranges::find(filters, name) == filters.end()) {
      faults.push_back({name, "there is no such parameter"});
    } else {
      query.filters_.emplace_back(name, value);
    }
  }
  if (!faults.empty()) return fail(invalid("Invalid query parameters", std::move(faults)));
  query.page_.query = http::form_encoded(query.filters_);
  return query;
}

std::optional<std::string> ListQuery::filter(std::string_view name) const {
  auto const value = http::find(filters_, name);
  if (!value) return {};
  return std::string{*value};
}

ListPage ListQuery::page(std::int64_t total) const {
  auto page = page_;
  page.total = total;
  return page;
}

}  // namespace insighta::listing
