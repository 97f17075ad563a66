#include "commands/bookings/booking_output.hpp"

#include "terminal/local_time.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

namespace insighta::cli {

namespace {

std::string contact_words(json::Value const& booking) {
  return member_text(booking, "platform") + " " + member_text(booking, "handle");
}

std::string session_words(json::Value const& booking) {
  return fmt::format("{} ({})", member_text(booking, "session_id"),
                     member_text(booking, "session_status"));
}

std::string move_words(json::Value const& booking) {
  auto const policy = booking.find("policy");
  auto const limit = policy ? member_text(*policy, "reschedule_limit") : std::string{};
  auto const count = member_text(booking, "reschedule_count");
  return limit.empty() ? count : fmt::format("{} of {}", count, limit);
}

std::string cancellation_words(json::Value const& booking) {
  auto const by = member_text(booking, "cancelled_by");
  if (by.empty()) return {};
  auto words = fmt::format("{} by the {}: {}", local_time(member_text(booking, "cancelled_at")), by,
                           member_text(booking, "cancel_reason"));
  auto const notes = member_text(booking, "cancel_notes");
  return notes.empty() ? words : words + " (" + notes + ")";
}

std::string kept_refund_words(json::Value const& booking) {
  auto const outcome = member_text(booking, "refund_outcome");
  if (outcome.empty() || outcome == "none") return {};
  auto const why = member_text(booking, "refund_reason");
  auto const words = outcome == "credited" ? "1 credit back" : "no credit back";
  return why.empty() ? words : fmt::format("{}: {}", words, reason_words(why));
}

/// A member of the booking as it was after an event.
std::string after_event(json::Value const& event, std::string_view member) {
  auto const after = event.find("after");
  return after ? member_text(*after, member) : std::string{};
}

}  // namespace

std::vector<ListColumn> booking_columns() {
  return {{"ID", "id"},
          time_column("START", "start"),
          {"STATUS", "status"},
          person_column("CLIENT", "client"),
          person_column("TRAINER", "trainer"),
          {"WHERE", "platform", true},
          {"", "end"},
          {"", "client_id"},
          {"", "trainer_id"},
          {"", "session_id"},
          {"", "refund_outcome"}};
}

std::vector<ListColumn> booking_facts() {
  return {{"Booking", "id"},
          {"Status", "status"},
          time_column("Starts", "start"),
          time_column("Ends", "end"),
          person_column("Client", "client"),
          person_column("Trainer", "trainer"),
          {"Where", "platform", false, contact_words},
          {"", "handle"},
          {"Session", "session_id", false, session_words},
          {"Moves", "reschedule_count", false, move_words},
          {"Cancelled", "cancelled_at", false, cancellation_words},
          {"", "cancelled_by"},
          {"Refund", "refund_outcome", false, kept_refund_words},
          {"Balance", "balance", false, balance_words},
          {"", "client_id"},
          {"", "trainer_id"},
          {"Version", "version"}};
}

std::vector<ListColumn> event_columns() {
  return {
      {"NO", "number"},
      time_column("AT", "at"),
      {"WHAT", "kind"},
      {"BY", "actor_role"},
      {"STATUS", "", false, [](json::Value const& event) { return after_event(event, "status"); }},
      {"START", "", false,
       [](json::Value const& event) { return local_time(after_event(event, "start")); }},
      {"", "before"},
      {"", "after"},
      {"REASON", "reason", true},
      {"", "actor"}};
}

std::vector<ListColumn> session_facts() {
  return {{"Session", "id"},
          {"Booking", "booking_id"},
          {"Status", "status"},
          time_column("Planned from", "start"),
          time_column("Planned to", "end"),
          time_column("Trainer joined", "trainer_joined_at"),
          time_column("Client joined", "client_joined_at"),
          time_column("Started", "started_at"),
          time_column("Ended", "ended_at"),
          {"Notes", "notes"}};
}

ListColumn time_column(std::string title, std::string const& member) {
  return {std::move(title), member, false,
          [member](json::Value const& row) { return local_time(member_text(row, member)); }};
}

ListColumn person_column(std::string title, std::string const& part) {
  return {std::move(title), "", true, [part](json::Value const& row) {
            auto const name = member_text(row, part + "_name");
            return name.empty() ? member_text(row, part + "_id") : name;
          }};
}

std::string credit_words(std::int64_t credits) {
  return fmt::format("{} credit{}", credits, credits == 1 || credits == -1 ? "" : "s");
}

std::string balance_words(json::Value const& booking) {
  auto const balance = booking.find("balance");
  auto const credits = balance ? balance->as_integer() : std::nullopt;
  return credits ? credit_words(*credits) + " left" : std::string{};
}

std::string reason_words(std::string_view reason) {
  if (reason == "in_time") return "cancelled in time";
  if (reason == "within_12_hours") return "cancelled 12 hours ahead or less";
  if (reason.starts_with("cancelled_by_"))
    return fmt::format("cancelled by the {}", reason.substr(reason.rfind('_') + 1));
  std::string words{reason};
  std::ranges::replace(words, '_', ' ');
  return words;
}

std::string refund_words(json::Value const& cancelled) {
  auto const refund = cancelled.find("refund");
  auto const count = refund ? refund->find("credits") : std::nullopt;
  auto const credits = count ? count->as_integer().value_or(0) : 0;
  auto words = credits > 0 ? credit_words(credits) + " back" : std::string{"No credit back"};
  if (auto const reason = refund ? member_text(*refund, "reason") : ""; !reason.empty())
    words += ": " + reason_words(reason);
  auto const left = balance_words(cancelled);
  return left.empty() ? words : words + ", " + left;
}

std::string preview_words(json::Value const& preview) {
  bool const is_credited = member_text(preview, "outcome") == "credited";
  auto const reason = member_text(preview, "reason");
  auto const deadline = local_time(member_text(preview, "deadline"));
  auto const notice = preview.find("notice_us");
  std::chrono::microseconds const ahead{notice ? notice->as_integer().value_or(0) : 0};
  auto const words = fmt::format("Cancelled now, {} ahead, the credit {}", duration_words(ahead),
                                 is_credited ? "comes back" : "is lost");
  if (reason.starts_with("cancelled_by_")) return words + ": " + reason_words(reason) + ".";
  if (is_credited) return fmt::format("{}; from {} on it is lost.", words, deadline);
  return fmt::format("{}; before {} it came back.", words, deadline);
}

}  // namespace insighta::cli
