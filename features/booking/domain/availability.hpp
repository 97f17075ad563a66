#pragma once

#include "booking/domain/booking_ids.hpp"
#include "booking/domain/interval.hpp"
#include "booking/domain/local_date.hpp"
#include "booking/domain/trainer.hpp"
#include "platform/outcome/error.hpp"
#include "platform/time_zone/time_zone.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace insighta::booking {

/// Local minutes of one weekday, week after week, on the dates between valid_from and valid_to
/// (both included).
struct AvailabilityRule {
  int weekday = 0;     ///< 0 = Sunday
  int start_min = 0;   ///< 0..1439
  int end_min = 1440;  ///< 1..1440
  std::optional<LocalDate> valid_from = {};
  std::optional<LocalDate> valid_to = {};
};

enum class ExceptionKind : std::uint8_t { block, open };
std::string_view to_string(ExceptionKind kind);
std::optional<ExceptionKind> parse_exception_kind(std::string_view text);

/// One date that differs; without minutes all of it. Block wins over open.
struct AvailabilityException {
  LocalDate date;
  ExceptionKind kind = ExceptionKind::block;
  std::optional<int> start_min = {};
  std::optional<int> end_min = {};
};

struct StoredException {
  ExceptionId id;
  AvailabilityException exception;
};

/// A stretch of time in which a trainer does not work, whatever rules and exceptions say.
struct TimeOff {
  ClaimId id;
  Interval time;
};

/// When a trainer works: rules, exceptions, and the zone that their minutes are of.
struct Availability {
  std::vector<AvailabilityRule> rules;
  std::vector<AvailabilityException> exceptions;
};

/// What is wrong with rules that are to be kept together, by the path of each (`rules[2].weekday`);
/// `rules[2]` for one that overlaps an earlier one.
std::vector<FieldError> faults_of(std::vector<AvailabilityRule> const& rules);
std::vector<FieldError> faults_of(AvailabilityException const& exception);

/// The intervals in which the trainer works and that overlap or touch `window`, whole, in order,
/// not merged. What is left of one behind a block is an interval of its own. Expanded per local
/// date (spec booking.md section 9): a start in a spring gap is the first instant behind it, an
/// interval over the gap is as long as it really is, and in autumn it reaches from the first
/// occurrence of its start to the last of its end.
std::vector<Interval> open_intervals(Availability const& availability, TimeZone const& zone,
                                     Interval const& window);

/// Starts of appointments of `length`, every `step` of elapsed time from each interval's first
/// instant on, that fit into the intervals (those that touch count as one) and lie within `window`
/// ([start, end) of the start). In order, each once.
std::vector<Instant> slot_starts(std::span<Interval const> open, std::chrono::minutes length,
                                 std::chrono::minutes step, Interval const& window);

/// Those of `starts` (in order) whose appointment, with `gap` behind it, overlaps nothing of
/// `taken`.
std::vector<Instant> without_taken(std::vector<Instant> const& starts, std::chrono::minutes length,
                                   std::chrono::minutes gap, std::vector<Interval> taken);

/// Whether an appointment of `length` at `start` is one of those on offer, whatever is booked.
bool is_on_offer(Availability const& availability, TimeZone const& zone, Instant start,
                 std::chrono::minutes length, std::chrono::minutes step);

}  // namespace insighta::booking
