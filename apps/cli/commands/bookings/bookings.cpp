#include "commands/bookings/booking_verbs.hpp"
#include "commands/command.hpp"
#include "commands/commands.hpp"

namespace insighta::cli::commands {

void add_bookings(CLI::App& root, Program& program) {
  auto& bookings = add_noun(root, "bookings", "Book, move, cancel, attend and review sessions");
  add_booking_reads(bookings, program);
  add_book(bookings, program);
  add_booking_changes(bookings, program);
  add_attendance(bookings, program);
  add_reviews(bookings, program);
}

}  // namespace insighta::cli::commands
