#include "api/json_calls.hpp"
#include "commands/bookings/booking_output.hpp"
#include "commands/bookings/booking_verbs.hpp"
#include "commands/command.hpp"

namespace insighta::cli::commands {

namespace {

constexpr std::string_view reviews_url = "/api/v1/reviews";

Result<void> send(Program const& program, std::string method, std::string url, Asked const& asked) {
  TRY(auto const connection, Connection::make(program));
  TRY(auto const answer,
      write_json(connection->api(), std::move(method), std::move(url), asked.fields.body()));
  return print_one(program, answer,
                   {{"Review", "id"},
                    {"Booking", "booking_id"},
                    {"Stars", "rating"},
                    {"Text", "text"},
                    time_column("Written", "created_at")});
}

}  // namespace

void add_reviews(CLI::App& bookings, Program& program) {
  add_command(
      bookings, program, "review", "Review a completed booking, as its client",
      [](CLI::App& command, Asked& asked) {
        asked.fields.text(command, "id", "booking_id", "Id of the booking")->required();
        asked.fields.number(command, "--rating", "rating", "Stars, 1 to 5")->required();
        asked.fields.text(command, "--text", "text", "What others read");
      },
      [](Program const& program, Asked const& asked) {
        return send(program, "POST", std::string{reviews_url}, asked);
      });
  add_command(
      bookings, program, "edit-review", "Change your review, for 14 days",
      [](CLI::App& command, Asked& asked) {
        asked.about(command, "review", "Id of the review");
        asked.fields.number(command, "--rating", "rating", "Stars, 1 to 5");
        asked.fields.text(command, "--text", "text", "What others read");
      },
      [](Program const& program, Asked const& asked) {
        return send(program, "PATCH", url_of(reviews_url, asked.id), asked);
      });
}

}  // namespace insighta::cli::commands
