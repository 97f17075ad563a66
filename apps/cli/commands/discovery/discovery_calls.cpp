#include "api/json_calls.hpp"
#include "commands/bookings/booking_output.hpp"
#include "commands/command.hpp"
#include "commands/commands.hpp"
#include "commands/profiles/query_flags.hpp"

#include <functional>

namespace insighta::cli::commands {

namespace {

constexpr std::string_view calls_url = "/api/v1/discovery-calls";

std::string contact_words(json::Value const& call) {
  return member_text(call, "contact_mode") + " " + member_text(call, "contact_handle");
}

std::string cancellation_words(json::Value const& call) {
  auto const by = member_text(call, "cancelled_by");
  if (by.empty()) return {};
  auto const reason = member_text(call, "cancel_reason");
  return reason.empty() ? "by the " + by : "by the " + by + ": " + reason;
}

/// Nothing unless somebody did not come.
std::string absence_words(json::Value const& call) {
  auto const absent = member_text(call, "absent");
  if (absent.empty()) return {};
  bool const is_restored = member_text(call, "is_right_restored") == "yes";
  return absent + (is_restored ? "; another call may be booked" : "");
}

std::vector<ListColumn> call_columns() {
  return {{"ID", "id"},
          time_column("START", "start"),
          {"STATUS", "status"},
          person_column("CLIENT", "client"),
          person_column("TRAINER", "trainer"),
          {"HOW", "contact_mode", true},
          {"", "end"},
          {"", "client_id"},
          {"", "trainer_id"}};
}

std::vector<ListColumn> call_facts() {
  return {{"Call", "id"},
          {"Status", "status"},
          time_column("Starts", "start"),
          time_column("Ends", "end"),
          person_column("Client", "client"),
          person_column("Trainer", "trainer"),
          {"How", "contact_mode", false, contact_words},
          {"", "contact_handle"},
          {"Goals", "goals"},
          {"Outcome", "outcome_notes"},
          {"Absent", "absent", false, absence_words},
          {"Cancelled", "cancelled_by", false, cancellation_words},
          {"Moves", "reschedule_count"},
          {"", "client_id"},
          {"", "trainer_id"},
          {"Version", "version"}};
}

Result<void> list(Program const& program, Asked const& asked) {
  TRY(auto const connection, Connection::make(program));
  TRY(auto const answer,
      read_json(connection->api(), with_query(std::string{calls_url}, asked.fields.parameters())));
  return print_list(program, answer, call_columns(), "discovery calls");
}

Result<void> get(Program const& program, Asked const& asked) {
  TRY(auto const connection, Connection::make(program));
  TRY(auto const answer, read_json(connection->api(), url_of(calls_url, asked.id)));
  return print_one(program, answer, call_facts());
}

Result<void> change(Program const& program, std::string url, Asked const& asked) {
  TRY(auto const connection, Connection::make(program));
  TRY(auto const answer,
      write_json(connection->api(), "POST", std::move(url), asked.fields.body()));
  return print_one(program, answer, call_facts());
}

void add_change(CLI::App& discovery, Program& program, std::string const& verb,
                std::string const& help,
                std::function<void(CLI::App&, RequestFields&)> const& describe) {
  add_command(
      discovery, program, verb, help,
      [&](CLI::App& command, Asked& asked) {
        asked.about(command, "id", "Id of the call");
        describe(command, asked.fields);
      },
      [verb](Program const& program, Asked const& asked) {
        return change(program, url_of(calls_url, asked.id, "/" + verb), asked);
      });
}

void describe_new_call(CLI::App& command, Asked& asked) {
  auto& fields = asked.fields;
  fields.text(command, "trainer", "trainer_id", "Id of the trainer")->required();
  fields.text(command, "--start", "start", "When it starts (RFC 3339)")->required();
  fields
      .text(command, "--contact-mode", "contact_mode",
            "google_meet, zoom, phone, messenger, whatsapp or imessage")
      ->required();
  fields.text(command, "--handle", "contact_handle", "Your name, number or address there")
      ->required();
  fields.text(command, "--goals", "goals", "What you train for");
  fields.text(command, "--client", "client_id", "For this client; admins only");
}

void add_changes(CLI::App& discovery, Program& program) {
  auto const nothing_more = [](CLI::App&, RequestFields&) {};
  add_change(discovery, program, "reschedule", "Move a call to another time",
             [](CLI::App& command, RequestFields& fields) {
               fields.text(command, "--start", "start", "When it starts (RFC 3339)")->required();
               fields.text(command, "--reason", "reason", "Why");
             });
  add_change(discovery, program, "cancel", "Cancel a call",
             [](CLI::App& command, RequestFields& fields) {
               fields.text(command, "--reason", "reason", "Why");
             });
  add_change(discovery, program, "complete", "Close a call, as its trainer: the client may book",
             [](CLI::App& command, RequestFields& fields) {
               fields.text(command, "--notes", "outcome_notes", "What came out of it")->required();
             });
  add_change(discovery, program, "no-show", "Report that the other one did not come", nothing_more);
  add_change(discovery, program, "restore", "Allow another call after a no-show; admins only",
             nothing_more);
}

}  // namespace

void add_discovery(CLI::App& root, Program& program) {
  auto& discovery = add_noun(root, "discovery", "First talks with a trainer, 30 minutes, free");
  add_command(
      discovery, program, "list", "List your discovery calls; all of them for admins",
      [](CLI::App& command, Asked& asked) {
        asked.fields.text(command, "--status", "status",
                          "confirmed, cancelled, completed or no_show");
        asked.fields.pages(command);
      },
      list);
  add_command(
      discovery, program, "get", "Show one discovery call",
      [](CLI::App& command, Asked& asked) { asked.about(command, "id", "Id of the call"); }, get);
  add_command(discovery, program, "book", "Book a call with a trainer", describe_new_call,
              [](Program const& program, Asked const& asked) {
                return change(program, std::string{calls_url}, asked);
              });
  add_changes(discovery, program);
}

}  // namespace insighta::cli::commands
