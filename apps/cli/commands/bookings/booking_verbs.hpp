#pragma once

#include "program.hpp"

#include <CLI/CLI.hpp>

#include <string_view>

namespace insighta::cli::commands {

inline constexpr std::string_view bookings_url = "/api/v1/bookings";
inline constexpr std::string_view sessions_url = "/api/v1/sessions";

/// list, get, events, stats.
void add_booking_reads(CLI::App& bookings, Program& program);
/// book, series, hold, release.
void add_book(CLI::App& bookings, Program& program);
/// preview, cancel, reschedule, no-show, correct.
void add_booking_changes(CLI::App& bookings, Program& program);
/// session, start, join, complete, notes.
void add_attendance(CLI::App& bookings, Program& program);
/// review, edit-review.
void add_reviews(CLI::App& bookings, Program& program);

}  // namespace insighta::cli::commands
