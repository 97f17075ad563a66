#include "identity/handlers/audit_export.hpp"

#include "identity/wire/account_json.hpp"
#include "identity/wire/audit_csv.hpp"

#include <utility>

namespace insighta::identity {

Task<Result<std::optional<std::string>>> AuditExport::next() {
  std::string text;
  if (!std::exchange(has_begun_, true) && is_csv_) text = wire::audit_csv_header;
  auto const records = co_await accounts_.audit_before(filter_, last_);
  for (auto const& record : records) {
    if (is_csv_)
      wire::append_audit_csv(text, record);
    else
      wire::append_audit_line(text, record);
  }
  if (!records.empty()) last_ = records.back();
  if (text.empty()) co_return std::nullopt;
  co_return std::optional(std::move(text));
}

}  // namespace insighta::identity
