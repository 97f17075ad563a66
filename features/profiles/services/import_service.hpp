#pragma once

#include "identity/domain/actor.hpp"
#include "platform/async/task.hpp"
#include "platform/clock/clock.hpp"
#include "platform/http/body_stream.hpp"
#include "profiles/domain/import_row.hpp"

#include <cstdint>
#include <functional>
#include <vector>

namespace insighta::profiles {

class ImportSource;
class ProfileRepository;

/// Many profiles at once. Rows are read and checked some thousand at a time while the database
/// takes those before, and stored some ten thousand at a time, so memory stays flat and what came
/// stays when the rest breaks off. One per event loop; any number of imports run side by side.
class ImportService {
 public:
  ImportService(ProfileRepository& repository, Clock const& clock)
      : repository_(repository), clock_(clock) {}

  /// Called with every skipped row, in the order of the lines.
  using OnSkipped = std::function<void(SkippedRow const&)>;

  /// Needs profiles_import. A bad row is no failure; an empty file, a file that is not of its form
  /// or a body that breaks off is. `body` must outlive the task.
  Task<Result<ImportReport>> import_csv(identity::Actor const& actor, http::BodyStream& body,
                                        OnSkipped on_skipped = {});
  Task<Result<ImportReport>> import_json(identity::Actor const& actor, http::BodyStream& body,
                                         OnSkipped on_skipped = {});
  /// Stores `count` generated profiles; those of an earlier run with this seed are duplicates. For
  /// the command line of insighta-api: asks nobody's right.
  Task<ImportReport> seed(std::uint64_t count, std::uint64_t seed);

 private:
  /// Rows between reading and storing.
  struct Batch {
    std::vector<StagedProfile> good;
    std::vector<SkippedRow> skipped;
    bool is_last = false;
  };

  Task<Result<ImportReport>> run(ImportSource& source, OnSkipped on_skipped);
  Task<Result<Batch>> read(ImportSource& source);
  struct Chunk;
  static Task<void> stage(Batch const& batch, Chunk& chunk);
  /// Adds the outcome to the report.
  static Task<void> store(Chunk& chunk, ImportReport& report, OnSkipped const& on_skipped);

  ProfileRepository& repository_;
  Clock const& clock_;
};

}  // namespace insighta::profiles
