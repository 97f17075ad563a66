#pragma once

#include "identity/domain/actor.hpp"
#include "platform/async/task.hpp"
#include "platform/clock/clock.hpp"
#include "profiles/domain/profile_query.hpp"
#include "profiles/domain/search_words.hpp"
#include "profiles/domain/stats.hpp"
#include "profiles/services/profile_export.hpp"

#include <optional>
#include <string>
#include <vector>

namespace insighta::profiles {

class NameApis;
class ProfileRepository;

/// One page of a list.
struct ProfilePage {
  std::vector<Profile> profiles;
  std::int64_t page = 1;
  std::int64_t limit = default_limit;
  std::int64_t total = 0;        ///< exact, of the whole list
  std::string next_cursor = {};  ///< empty on the last page

  std::int64_t total_pages() const { return (total + limit - 1) / limit; }
};

struct FoundPage {
  ProfilePage page;
  Interpretation interpreted;  ///< after explicit parameters had their say
};

struct CreatedProfile {
  Profile profile;
  bool existed = false;
};

/// The use cases on profiles but imports. One per event loop. Every call asks the actor's right
/// first: 403 otherwise. Reading needs profiles_read.
class ProfileService {
 public:
  ProfileService(ProfileRepository& repository, NameApis& name_apis, Clock const& clock)
      : repository_(repository), name_apis_(name_apis), clock_(clock) {}

  Task<Result<ProfilePage>> list(identity::Actor const& actor, Asked const& asked);
  /// The words of asked.words, overridden by what is asked explicitly. 400 when they are missing or
  /// mean nothing to us.
  Task<Result<FoundPage>> search(identity::Actor const& actor, Asked const& asked);
  /// 404 also for an id that is none.
  Task<Result<Profile>> get(identity::Actor const& actor, std::string_view id);
  Task<Result<Stats>> stats(identity::Actor const& actor, Filters const& filters);
  /// Everything that matches, from one view of the data, for as long as the rows are held.
  Task<Result<ProfileExport>> open_export(identity::Actor const& actor, Asked const& asked);
  /// A name that is there already is no failure: the profile as stored. The errors of NameApis
  /// leave nothing stored. Needs profiles_write.
  Task<Result<CreatedProfile>> create(identity::Actor const& actor, std::string const& name);
  /// Needs profiles_delete.
  Task<Result<void>> remove(identity::Actor const& actor, std::string_view id);

  Instant now() const { return clock_.now(); }

 private:
  Task<ProfilePage> read_page(ListQuery query);

  ProfileRepository& repository_;
  NameApis& name_apis_;
  Clock const& clock_;
};

}  // namespace insighta::profiles
