#include "profiles/handlers/export_body.hpp"

#include "profiles/wire/profile_csv.hpp"
#include "profiles/wire/profile_json.hpp"

namespace insighta::profiles {

Task<Result<std::optional<std::string>>> ExportBody::next() {
  std::string text;
  if (!has_begun_ && format_ == ExportFormat::csv) text = csv_header;
  has_begun_ = true;
  auto const profiles = co_await profiles_.next();
  text.reserve(text.size() + profiles.size() * (format_ == ExportFormat::csv ? 160 : 320));
  for (auto const& profile : profiles) {
    if (format_ == ExportFormat::csv) {
      append_csv(text, profile);
    } else {
      append_json(text, profile);
      text += '\n';
    }
  }
  if (text.empty()) co_return std::nullopt;
  co_return std::optional(std::move(text));
}

}  // namespace insighta::profiles
