#pragma once

#include "platform/async/task.hpp"
#include "profiles/domain/profile.hpp"

#include <memory>
#include <vector>

namespace insighta::profiles {

class ProfileRows;

/// Profiles on their way out, from one view of the data; holds a database connection until it goes.
class ProfileExport {
 public:
  explicit ProfileExport(std::unique_ptr<ProfileRows> rows);
  ~ProfileExport();
  ProfileExport(ProfileExport&&) noexcept;

  /// Some more; none at the end. Not asking is back-pressure for the database.
  Task<std::vector<Profile>> next();

 private:
  std::unique_ptr<ProfileRows> rows_;
};

}  // namespace insighta::profiles
