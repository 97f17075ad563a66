#include "booking/services/slot_finder.hpp"

#include "booking/domain/availability.hpp"
#include "booking/repositories/availability_repository.hpp"
#include "booking/repositories/claim_repository.hpp"
#include "platform/async/when_all.hpp"
#include "platform/outcome/ensure.hpp"

#include <algorithm>

namespace insighta::booking {

namespace {

using std::chrono::days;
using std::chrono::minutes;

/// Days that are looked at together for a next slot: most trainers have one in the first week.
constexpr days piece{7};

/// Starts that notice and horizon allow; both ends of it may be booked.
Interval bookable_starts(TrainerTerms const& terms, Instant now) {
  return {now + minutes{terms.min_notice_minutes},
          now + days{terms.max_advance_days} + Instant::duration{1}};
}

Interval common_part(Interval const& a, Interval const& b) {
  return {std::max(a.start, b.start), std::min(a.end, b.end)};
}

bool is_empty(Interval const& interval) {
  return interval.start >= interval.end;
}

/// What has to be known of the time in which appointments run that start within `starts`.
Interval around(Interval const& starts, TrainerTerms const& terms, minutes length) {
  return {starts.start, starts.end + length + terms.gap()};
}

std::vector<Instant> free_starts(TrainerTerms const& terms, Availability const& availability,
                                 std::vector<Interval> const& taken, Interval const& window,
                                 minutes length) {
  auto const zone = TimeZone::find(terms.time_zone);
  ensure(zone.has_value(), "a trainer's time zone is in the database of zones");
  auto const open = open_intervals(availability, *zone, around(window, terms, length));
  return without_taken(slot_starts(open, length, minutes{terms.slot_step}, window), length,
                       terms.gap(), taken);
}

std::optional<Instant> first_free(TrainerTerms const& terms, Availability const& availability,
                                  std::vector<Interval> const& taken, Instant now) {
  auto const all = bookable_starts(terms, now);
  for (auto start = all.start; start < all.end; start += piece) {
    Interval const window{start, std::min(start + piece, all.end)};
    auto const free = free_starts(terms, availability, taken, window, terms.session_length());
    if (!free.empty()) return free.front();
  }
  return {};
}

}  // namespace

Task<std::vector<Interval>> SlotFinder::find(Trainer const& trainer, Interval const& window,
                                             minutes length, Instant now) {
  auto const& terms = trainer.terms;
  auto const starts = common_part(window, bookable_starts(terms, now));
  if (!trainer.is_bookable() || is_empty(starts)) co_return std::vector<Interval>{};
  auto const needed = around(starts, terms, length);
  auto [availability, taken] = co_await when_all(availability_.find(trainer.id, needed),
                                                 claims_.blocked_of(trainer.id, needed, now));
  std::vector<Interval> slots;
  for (auto const start : free_starts(terms, availability, taken, starts, length))
    slots.push_back({start, start + length});
  co_return slots;
}

Task<std::map<TrainerId, Instant>> SlotFinder::find_next(std::vector<Trainer> const& trainers,
                                                         Instant now) {
  std::vector<TrainerId> ids;
  Interval needed{now, now};
  for (auto const& trainer : trainers) {
    if (!trainer.is_bookable()) continue;
    ids.push_back(trainer.id);
    auto const of_trainer =
        around(bookable_starts(trainer.terms, now), trainer.terms, trainer.terms.session_length());
    needed.end = std::max(needed.end, of_trainer.end);
  }
  std::map<TrainerId, Instant> next;
  if (ids.empty()) co_return next;
  auto [availability, taken] =
      co_await when_all(availability_.find(ids, needed), availability_.taken_of(ids, needed, now));
  for (auto const& trainer : trainers) {
    auto const offered = availability.find(trainer.id);
    if (offered == availability.end()) continue;
    if (auto const free = first_free(trainer.terms, offered->second, taken[trainer.id], now))
      next.emplace(trainer.id, *free);
  }
  co_return next;
}

}  // namespace insighta::booking
