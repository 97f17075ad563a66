#include "booking/domain/discovery_call.hpp"

#include "booking/domain/booking.hpp"
#include "booking/domain/policy.hpp"

#include <fmt/format.h>

#include <array>

namespace insighta::booking {

namespace {

constexpr std::array<std::string_view, 4> status_words = {"confirmed", "cancelled", "completed",
                                                          "no_show"};
constexpr std::array<std::string_view, 3> absentee_words = {"client", "trainer", "unknown"};

template <class Enum, std::size_t N>
std::optional<Enum> parse(std::array<std::string_view, N> const& words, std::string_view text) {
  for (std::size_t i = 0; i < N; ++i)
    if (words[i] == text) return static_cast<Enum>(i);
  return {};
}

/// Only a confirmed call whose time has not come changes by agreement.
Result<void> may_still_change(DiscoveryCall const& call, std::string_view what, Instant at) {
  if (call.status == CallStatus::cancelled)
    return fail(conflict("The call was cancelled before", "ALREADY_CANCELLED"));
  if (call.status != CallStatus::confirmed)
    return fail(invalid_transition(what, to_string(call.status)));
  if (at >= call.time.start)
    return fail(conflict(fmt::format("A call cannot be {} once its time has come", what),
                         "SESSION_STARTED"));
  return {};
}

}  // namespace

std::string_view to_string(CallStatus status) {
  return status_words[static_cast<std::size_t>(status)];
}

std::optional<CallStatus> parse_call_status(std::string_view text) {
  return parse<CallStatus>(status_words, text);
}

std::string_view to_string(Absentee absentee) {
  return absentee_words[static_cast<std::size_t>(absentee)];
}

std::optional<Absentee> parse_absentee(std::string_view text) {
  return parse<Absentee>(absentee_words, text);
}

Result<void> may_reschedule(DiscoveryCall const& call, Party by, Instant at) {
  if (by == Party::trainer)
    return fail(forbidden("Only its client or an administrator can move a discovery call"));
  TRY_VOID(may_still_change(call, "moved", at));
  if (by != Party::client) return {};
  if (call.time.start - at <= policy::reschedule_lock)
    return fail(
        conflict("A call can be moved until 12 hours before its start", "RESCHEDULE_LOCKED"));
  if (call.reschedule_count >= policy::reschedule_limit)
    return fail(conflict(
        fmt::format("This call was moved {} times, the most there may be", call.reschedule_count),
        "RESCHEDULE_LIMIT"));
  return {};
}

Result<void> may_cancel(DiscoveryCall const& call, Instant at) {
  return may_still_change(call, "cancelled", at);
}

Result<void> may_complete(DiscoveryCall const& call, Party by, Instant at) {
  if (by == Party::client)
    return fail(forbidden("Only its trainer or an administrator can complete a discovery call"));
  if (call.status != CallStatus::confirmed)
    return fail(invalid_transition("completed", to_string(call.status)));
  if (at < call.time.start)
    return fail(conflict("A call can be completed from its start on", "TOO_EARLY"));
  return {};
}

Result<Absentee> decide_no_show(DiscoveryCall const& call, Party by, Instant at) {
  if (call.status != CallStatus::confirmed)
    return fail(invalid_transition("a no-show", to_string(call.status)));
  if (at < call.time.start + policy::discovery_no_show_after)
    return fail(conflict("An absence counts from 10 minutes after the start", "TOO_EARLY"));
  return by == Party::client ? Absentee::trainer : Absentee::client;
}

bool is_unclosed(DiscoveryCall const& call, Instant now) {
  return call.status == CallStatus::confirmed &&
         call.time.start + policy::discovery_sweep_after <= now;
}

Result<void> may_restore(DiscoveryCall const& call) {
  if (call.status != CallStatus::no_show || call.is_right_restored)
    return fail(
        invalid_transition("restored: the right to a call is not lost", to_string(call.status)));
  return {};
}

}  // namespace insighta::booking
