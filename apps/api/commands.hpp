#pragma once

#include "config.hpp"

#include <cstdint>
#include <string>

namespace insighta::api {

/// The development doors as given on the command line; a release build has no flags for them.
struct Doors {
  std::string clock_file;
  bool fakes_github = false;
};

struct SeedOptions {
  std::int64_t count = 5'000;
  std::uint64_t seed = 1;
  bool only_if_empty = false;
};

struct KeysOptions {
  bool rotates = false;  ///< else only lists
  bool is_emergency = false;
};

/// The subcommands of insighta-api; each gives the exit status and throws when the world is broken.
int serve(Config const& config, Doors const& doors);
int migrate(Config const& config);
int seed(Config const& config, Doors const& doors, SeedOptions const& options);
/// Lists the signing keys, after rotating them when asked.
int keys(Config const& config, Doors const& doors, KeysOptions const& options);
/// CSV on standard output, in the form that the import takes.
int generate_profiles(SeedOptions const& options);

}  // namespace insighta::api
