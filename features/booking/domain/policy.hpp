#pragma once

#include <array>
#include <chrono>

/// The numbers of spec booking.md section 6.
namespace insighta::booking::policy {

using namespace std::chrono_literals;

inline constexpr std::chrono::minutes discovery_length = 30min;
inline constexpr std::chrono::microseconds refund_window = 12h;
inline constexpr std::chrono::microseconds reschedule_lock = 12h;
inline constexpr int reschedule_limit = 3;
inline constexpr std::chrono::seconds hold_life = 300s;
/// How long before its start a trainer may start a session.
inline constexpr std::chrono::minutes earliest_start = 15min;
inline constexpr std::chrono::minutes no_show_after = 15min;
inline constexpr std::chrono::minutes discovery_no_show_after = 10min;
/// How long after its end the sweeper closes what nobody closed.
inline constexpr std::chrono::minutes sweep_after_end = 15min;
inline constexpr std::chrono::hours discovery_sweep_after = 24h;
inline constexpr std::chrono::hours correction_window = 48h;
inline constexpr std::chrono::hours review_window = 14 * 24h;
inline constexpr std::chrono::hours grace = 7 * 24h;
/// How long a credit stays usable that came back after its subscription was over.
inline constexpr std::chrono::hours late_credit_life = 30 * 24h;
inline constexpr std::chrono::hours idempotency_life = 24h;
inline constexpr std::array<std::chrono::minutes, 3> reminders = {24h, 60min, 30min};
inline constexpr std::chrono::days longest_slot_query{62};
inline constexpr std::chrono::days longest_time_off{60};
inline constexpr int longest_series = 52;

}  // namespace insighta::booking::policy
