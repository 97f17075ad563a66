#include "api/query_string.hpp"
#include "commands/commands.hpp"
#include "commands/listing.hpp"
#include "files/output_file.hpp"

#include <list>
#include <memory>

namespace insighta::cli::commands {

namespace {

/// The options of one command, as parameters of the API.
class Filters {
 public:
  void add(CLI::App& command, std::string const& option, std::string name,
           std::string const& help) {
    auto& value = values_.emplace_back(std::move(name), std::string{});
    command.add_option(option, value.second, help);
  }
  void add_all(CLI::App& command) {
    add(command, "--action", "action", "Only this action, such as role_changed");
    add(command, "--user-id", "user_id", "Only what this person did, or what was done to them");
    add(command, "--from", "from", "From this instant on (RFC 3339)");
    add(command, "--to", "to", "Before this instant (RFC 3339)");
    add(command, "--search", "q", "Part of action, login, address or details");
  }
  std::string query() const {
    Parameters given;
    for (auto const& value : values_)
      if (!value.second.empty()) given.push_back(value);
    return given.empty() ? "" : "?" + form_of(given);
  }

 private:
  std::list<std::pair<std::string, std::string>> values_;  // options keep their addresses
};

Result<void> list(Program const& program, Filters const& filters) {
  TRY(auto const connection, Connection::make(program));
  TRY(auto const answer, connection->api().send({.url = "/api/v1/audit" + filters.query()}));
  return print_list(program, answer.body,
                    {{"AT", "at"},
                     {"ACTION", "action"},
                     {"BY", "actor_username", true},
                     {"WHOM", "target_username", true},
                     {"ADDRESS", "address"},
                     {"DETAILS", "details", true}},
                    "events");
}

Result<void> write(Program const& program, Filters const& filters, std::string const& path) {
  TRY(auto const connection, Connection::make(program));
  TRY(OutputFile file, OutputFile::create(path));
  Result<void> written;
  auto const answer = connection->api().send({.url = "/api/v1/audit/export" + filters.query(),
                                              .on_body =
                                                  [&](std::string_view piece) {
                                                    written = file.write(piece);
                                                    return written.has_value();
                                                  },
                                              .deadline = std::chrono::seconds{0}});
  if (answer) return file.finish();
  return written ? fail(answer.error()) : written;
}

}  // namespace

void add_audit(CLI::App& root, Program& program) {
  auto* const audit = root.add_subcommand("audit", "See who did what to whose access");
  audit->require_subcommand(1);
  auto* const list_command = audit->add_subcommand("list", "List events, the newest first");
  auto const listed = std::make_shared<Filters>();
  listed->add_all(*list_command);
  listed->add(*list_command, "--page", "page", "Which page, from 1");
  listed->add(*list_command, "--limit", "limit", "How many on a page");
  list_command->callback([&program, listed] {
    program.chosen = [&program, listed] { return list(program, *listed); };
  });
  auto* const export_command = audit->add_subcommand("export", "Write all events that match");
  auto const exported = std::make_shared<Filters>();
  auto const path = std::make_shared<std::string>();
  exported->add_all(*export_command);
  exported->add(*export_command, "--format", "format", "csv (default) or ndjson");
  export_command->add_option("--file", *path, "Where to; without it, or as -, standard output");
  export_command->callback([&program, exported, path] {
    program.chosen = [&program, exported, path] { return write(program, *exported, *path); };
  });
}

}  // namespace insighta::cli::commands
