#include "booking/domain/availability.hpp"

#include "platform/outcome/ensure.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace insighta::booking {

namespace {

using std::chrono::days;
using std::chrono::minutes;
using std::chrono::sys_days;

constexpr std::array<std::string_view, 2> words = {"block", "open"};
constexpr int whole_day = 1440;
constexpr std::size_t most_rules = 200;

bool applies_on(AvailabilityRule const& rule, sys_days date) {
  return std::chrono::weekday{date}.c_encoding() == static_cast<unsigned>(rule.weekday) &&
         (!rule.valid_from || sys_days{*rule.valid_from} <= date) &&
         (!rule.valid_to || date <= sys_days{*rule.valid_to});
}

/// May be empty: all of it is in a gap.
Interval expanded(TimeZone const& zone, LocalDate date, int start_min, int end_min) {
  return {zone.first_instant_of(date, minutes{start_min}),
          zone.last_instant_of(date, minutes{end_min})};
}

Interval expanded(TimeZone const& zone, AvailabilityException const& exception) {
  return expanded(zone, exception.date, exception.start_min.value_or(0),
                  exception.end_min.value_or(whole_day));
}

void add_rules(std::vector<Interval>& open, std::vector<AvailabilityRule> const& rules,
               TimeZone const& zone, sys_days date) {
  for (auto const& rule : rules)
    if (applies_on(rule, date))
      open.push_back(expanded(zone, LocalDate{date}, rule.start_min, rule.end_min));
}

/// Of exceptions of this kind between the dates.
std::vector<Interval> expanded(Availability const& availability, ExceptionKind kind,
                               TimeZone const& zone, sys_days first, sys_days last) {
  std::vector<Interval> intervals;
  for (auto const& exception : availability.exceptions) {
    sys_days const date{exception.date};
    if (exception.kind != kind || date < first || last < date) continue;
    auto const interval = expanded(zone, exception);
    if (interval.start < interval.end) intervals.push_back(interval);
  }
  return intervals;
}

std::vector<Interval> without(std::vector<Interval> const& intervals, Interval const& block) {
  std::vector<Interval> left;
  for (auto const& interval : intervals) {
    if (!interval.overlaps(block)) {
      left.push_back(interval);
      continue;
    }
    if (interval.start < block.start) left.push_back({interval.start, block.start});
    if (block.end < interval.end) left.push_back({block.end, interval.end});
  }
  return left;
}

/// In order, those that overlap or touch as one.
std::vector<Interval> united(std::vector<Interval> intervals) {
  std::ranges::sort(intervals);
  std::vector<Interval> whole;
  for (auto const& interval : intervals) {
    if (interval.start >= interval.end) continue;
    if (!whole.empty() && interval.start <= whole.back().end)
      whole.back().end = std::max(whole.back().end, interval.end);
    else
      whole.push_back(interval);
  }
  return whole;
}

void sort_each_once(auto& values) {
  std::ranges::sort(values);
  auto const [first, last] = std::ranges::unique(values);
  values.erase(first, last);
}

bool overlap(AvailabilityRule const& a, AvailabilityRule const& b) {
  bool const shares_minutes = a.start_min < b.end_min && b.start_min < a.end_min;
  auto const ends_before = [](AvailabilityRule const& one, AvailabilityRule const& other) {
    return one.valid_to && other.valid_from && *one.valid_to < *other.valid_from;
  };
  return a.weekday == b.weekday && shares_minutes && !ends_before(a, b) && !ends_before(b, a);
}

/// The member that is wrong and why; nothing when the rule is good by itself.
std::optional<FieldError> fault_of(AvailabilityRule const& rule) {
  if (rule.weekday < 0 || rule.weekday > 6)
    return FieldError{"weekday", "must be from 0 (Sunday) to 6"};
  if (rule.start_min < 0 || rule.start_min >= whole_day)
    return FieldError{"start_min", "must be from 0 to 1439"};
  if (rule.end_min <= rule.start_min || rule.end_min > whole_day)
    return FieldError{"end_min", "must be behind start_min, and at most 1440"};
  if (rule.valid_from && rule.valid_to && *rule.valid_to < *rule.valid_from)
    return FieldError{"valid_to", "must not be before valid_from"};
  return {};
}

}  // namespace

std::string_view to_string(ExceptionKind kind) {
  return words[static_cast<std::size_t>(kind)];
}

std::optional<ExceptionKind> parse_exception_kind(std::string_view text) {
  for (std::size_t i = 0; i < words.size(); ++i)
    if (words[i] == text) return static_cast<ExceptionKind>(i);
  return {};
}

std::vector<FieldError> faults_of(std::vector<AvailabilityRule> const& rules) {
  if (rules.size() > most_rules) return {{"rules", fmt::format("must be at most {}", most_rules)}};
  std::vector<FieldError> faults;
  for (std::size_t i = 0; i < rules.size(); ++i) {
    if (auto const fault = fault_of(rules[i]))
      faults.push_back({fmt::format("rules[{}].{}", i, fault->field), fault->message});
    for (std::size_t j = 0; j < i; ++j)
      if (overlap(rules[i], rules[j]))
        faults.push_back({fmt::format("rules[{}]", i), fmt::format("overlaps rules[{}]", j)});
  }
  return faults;
}

std::vector<FieldError> faults_of(AvailabilityException const& exception) {
  if (exception.start_min.has_value() != exception.end_min.has_value())
    return {{exception.start_min ? "end_min" : "start_min", "must be there with the other one"}};
  if (!exception.start_min) return {};
  if (*exception.start_min < 0 || *exception.start_min >= whole_day)
    return {{"start_min", "must be from 0 to 1439"}};
  if (*exception.end_min <= *exception.start_min || *exception.end_min > whole_day)
    return {{"end_min", "must be behind start_min, and at most 1440"}};
  return {};
}

std::vector<Interval> open_intervals(Availability const& availability, TimeZone const& zone,
                                     Interval const& window) {
  // A local day is never longer than 27 hours, nor an interval of one; so a day on either side is
  // enough, and one more for the blocks of its neighbours.
  auto const first = sys_days{zone.date_at(window.start)} - days{1};
  auto const last = sys_days{zone.date_at(window.end)} + days{1};
  auto open = expanded(availability, ExceptionKind::open, zone, first, last);
  for (auto date = first; date <= last; date += days{1})
    add_rules(open, availability.rules, zone, date);
  auto const blocks =
      expanded(availability, ExceptionKind::block, zone, first - days{1}, last + days{1});
  for (auto const& block : blocks) open = without(open, block);
  std::erase_if(open, [&](Interval const& interval) {
    return interval.start >= interval.end || interval.end < window.start ||
           interval.start > window.end;
  });
  sort_each_once(open);
  return open;
}

std::vector<Instant> slot_starts(std::span<Interval const> open, minutes length, minutes step,
                                 Interval const& window) {
  ensure(step > minutes{0}, "slots have a step");
  auto const whole = united({open.begin(), open.end()});
  std::vector<Instant> starts;
  for (auto const& interval : open) {
    auto start = interval.start;
    if (start < window.start)
      start += (window.start - start + step - Instant::duration{1}) / step * step;
    auto const around = std::ranges::upper_bound(whole, interval.start, {}, &Interval::start);
    if (around == whole.begin()) continue;  // the interval is empty
    auto const end = std::prev(around)->end;
    for (; start < interval.end && start < window.end && start + length <= end; start += step)
      starts.push_back(start);
  }
  sort_each_once(starts);
  return starts;
}

std::vector<Instant> without_taken(std::vector<Instant> const& starts, minutes length, minutes gap,
                                   std::vector<Interval> taken) {
  std::ranges::sort(taken);
  std::vector<Instant> free;
  auto next = taken.begin();
  for (auto const start : starts) {
    while (next != taken.end() && next->end <= start) ++next;
    if (next == taken.end() || start + length + gap <= next->start) free.push_back(start);
  }
  return free;
}

bool is_on_offer(Availability const& availability, TimeZone const& zone, Instant start,
                 minutes length, minutes step) {
  auto const open = open_intervals(availability, zone, {start, start + length});
  return !slot_starts(open, length, step, {start, start + Instant::duration{1}}).empty();
}

}  // namespace insighta::booking
