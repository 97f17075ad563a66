#pragma once

#include "config.hpp"

#include <chrono>
#include <cstdint>
#include <string>

namespace insighta::api {

/// The development doors as given on the command line; a release build has no flags for them.
struct Doors {
  std::string clock_file;
  bool fakes_github = false;
};

struct ServeOptions {
  bool works = true;  ///< does the background work too
};

struct WorkOptions {
  bool is_once = false;  ///< else until SIGTERM
};

/// How long after the end of a round of background work the next one begins.
inline constexpr std::chrono::seconds work_interval{1};

struct SeedOptions {
  std::int64_t count = 5'000;
  std::uint64_t seed = 1;
  std::int64_t first = 0;  ///< of the profiles of this seed; only for printing
  bool only_if_empty = false;
  bool only_profiles = false;  ///< nobody to sign in as, also in development
};

struct KeysOptions {
  bool rotates = false;  ///< else only lists
  bool is_emergency = false;
};

/// The subcommands of insighta-api; each gives the exit status and throws when the world is broken.
int serve(Config const& config, Doors const& doors, ServeOptions const& options);
/// The background work apart from serving.
int work(Config const& config, Doors const& doors, WorkOptions const& options);
int migrate(Config const& config);
int seed(Config const& config, Doors const& doors, SeedOptions const& options);
/// Lists the signing keys, after rotating them when asked.
int keys(Config const& config, Doors const& doors, KeysOptions const& options);
/// Rebuilds appointments from their events and compares; the exit status says whether all is the
/// same.
int replay(Config const& config);
/// CSV on standard output, in the form that the import takes.
int generate_profiles(SeedOptions const& options);

}  // namespace insighta::api
