#include "profiles/services/profile_export.hpp"

#include "profiles/repositories/profile_repository.hpp"

namespace insighta::profiles {

ProfileExport::ProfileExport(std::unique_ptr<ProfileRows> rows) : rows_(std::move(rows)) {}
ProfileExport::~ProfileExport() = default;
ProfileExport::ProfileExport(ProfileExport&&) noexcept = default;

Task<std::vector<Profile>> ProfileExport::next() {
  co_return co_await rows_->next();
}

}  // namespace insighta::profiles
