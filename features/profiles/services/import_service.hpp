#pragma once

#include "identity/domain/actor.hpp"
#include "platform/async/task.hpp"
#include "platform/clock/clock.hpp"
#include "platform/http/body_stream.hpp"
#include "profiles/domain/import_row.hpp"

#include <cstdint>
#include <functional>
#include <vector>

namespace insighta {
class EventLoop;
class Semaphore;
}  // namespace insighta

namespace insighta::profiles {

class ImportSource;
class ProfileRepository;

/// Many profiles at once. Rows are read and checked some thousand at a time while the database
/// takes those before, and stored some ten thousand at a time, so memory stays flat and what came
/// stays when the rest breaks off. A sender who is slow or stands still holds nothing of the
/// database. One per event loop; any number of imports run side by side.
class ImportService {
 public:
  ImportService(EventLoop& loop, ProfileRepository& repository, Clock const& clock)
      : loop_(loop), repository_(repository), clock_(clock) {}

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
  /// The same, and says when it is done, also when it failed.
  Task<Result<Batch>> read(ImportSource& source, Semaphore& is_read);
  struct Chunk;
  /// Stages the batch; stores the chunk when it is due, or when the next batch lets it wait.
  static Task<void> take(Batch const& batch, Chunk& chunk, ImportReport& report,
                         OnSkipped const& on_skipped, Semaphore& is_next_read);
  static Task<void> stage(Batch const& batch, Chunk& chunk);
  /// Adds the outcome to the report.
  static Task<void> store(Chunk& chunk, ImportReport& report, OnSkipped const& on_skipped);

  EventLoop& loop_;
  ProfileRepository& repository_;
  Clock const& clock_;
};

}  // namespace insighta::profiles
