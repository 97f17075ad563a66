#pragma once

#include "platform/http/body_stream.hpp"
#include "profiles/services/profile_export.hpp"

#include <cstdint>

namespace insighta::profiles {

enum class ExportFormat : std::uint8_t { csv, ndjson };

/// Profiles as a file, encoded as they are asked for.
class ExportBody final : public http::BodyStream {
 public:
  ExportBody(ProfileExport profiles, ExportFormat format)
      : profiles_(std::move(profiles)), format_(format) {}

  Task<Result<std::optional<std::string>>> next() override;

 private:
  ProfileExport profiles_;
  ExportFormat const format_;
  bool has_begun_ = false;
};

}  // namespace insighta::profiles
