#include "api/json_calls.hpp"
#include "commands/command.hpp"
#include "commands/commands.hpp"
#include "commands/listing.hpp"

namespace insighta::cli::commands {

namespace {

constexpr std::string_view client_url = "/api/v1/clients/me";

std::vector<ListColumn> const client_facts = {
    {"Client", "display_name"}, {"Id", "id"},       {"Time zone", "time_zone"},
    {"Phone", "phone"},         {"Goals", "goals"},
};

Result<void> show(Program const& program, Asked const&) {
  TRY(auto const connection, Connection::make(program));
  TRY(auto const answer, read_json(connection->api(), std::string{client_url}));
  return print_one(program, answer, client_facts);
}

Result<void> set(Program const& program, Asked const& asked) {
  TRY(auto const connection, Connection::make(program));
  TRY(auto const answer,
      write_json(connection->api(), "PUT", std::string{client_url}, asked.fields.body()));
  return print_one(program, answer, client_facts);
}

}  // namespace

void add_client(CLI::App& root, Program& program) {
  auto& client = add_noun(root, "client", "Who you are to your trainers");
  add_command(client, program, "show", "Show your client profile", [](CLI::App&, Asked&) {}, show);
  add_command(
      client, program, "set", "Become a client, or replace your client profile",
      [](CLI::App& command, Asked& asked) {
        asked.fields.text(command, "--name", "display_name", "What trainers call you")->required();
        asked.fields.text(command, "--time-zone", "time_zone", "IANA zone that you live in")
            ->required();
        asked.fields.text(command, "--phone", "phone", "In international form, such as +4930123");
        asked.fields.text(command, "--goals", "goals", "What you train for");
      },
      set);
}

}  // namespace insighta::cli::commands
