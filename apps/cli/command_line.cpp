#include "command_line.hpp"

#include "api/answer_error.hpp"
#include "commands/commands.hpp"
#include "program.hpp"
#include "terminal/terminal.hpp"
#include "terminal/visible_text.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <map>

namespace insighta::cli {

namespace {

constexpr auto footer = R"(
Environment: INSIGHTA_API_URL, INSIGHTA_TOKEN, BROWSER, NO_COLOR, HOME
Exit status: 0 done, 1 failure here, 2 usage, 3 not found, 4 not signed in or
refused, 5 conflict, 6 server or network
'insighta COMMAND --help' tells more; 'man insighta' tells all.)";

void add_global_options(CLI::App& root, Program& program) {
  root.set_version_flag("--version", "insighta " INSIGHTA_VERSION, "Print the version");
  root.add_option_function<std::string>(
          "--api-url", [&program](std::string const& url) { program.api_url = url; },
          "Address of the API (default: where you signed in last)")
      ->type_name("URL");
  std::map<std::string, Output> const formats{
      {"table", Output::table}, {"json", Output::json}, {"csv", Output::csv}};
  root.add_option_function<std::string>(
          "--output",
          [&program, formats](std::string const& name) { program.output = formats.at(name); },
          "How to print: table (default), json or csv")
      ->type_name("FORMAT")
      ->check([formats](std::string const& name) {
        return formats.contains(name) ? std::string{} : "give table, json or csv";
      });
}

void add_commands(CLI::App& root, Program& program) {
  // What a command does not know is asked of the program: global flags may stand anywhere.
  root.fallthrough();
  root.require_subcommand(1);
  commands::add_login(root, program);
  commands::add_logout(root, program);
  commands::add_whoami(root, program);
  auto* const profiles = root.add_subcommand("profiles", "Look at, find and change profiles");
  profiles->require_subcommand(1);
  commands::add_profiles_list(*profiles, program);
  commands::add_profiles_search(*profiles, program);
  commands::add_profiles_get(*profiles, program);
  commands::add_profiles_stats(*profiles, program);
  commands::add_profiles_create(*profiles, program);
  commands::add_profiles_delete(*profiles, program);
  commands::add_profiles_import(*profiles, program);
  commands::add_profiles_export(*profiles, program);
  commands::add_trainers(root, program);
  commands::add_slots(root, program);
  commands::add_client(root, program);
  commands::add_discovery(root, program);
  commands::add_credits(root, program);
  commands::add_bookings(root, program);
  commands::add_integrity(root, program);
  commands::add_sessions(root, program);
  commands::add_apps(root, program);
  commands::add_account(root, program);
  commands::add_users(root, program);
  commands::add_audit(root, program);
  commands::add_completion(root, program);
}

/// The words of the innermost command that was typed, for pointing at its help.
std::string typed_command(CLI::App const& root) {
  std::string words = "insighta";
  for (auto const* app = &root; !app->get_subcommands().empty();) {
    app = app->get_subcommands().front();
    words += " " + app->get_name();
  }
  return words;
}

ExitCode complain(Error const& error) {
  terminal::say("insighta: " + describe(error));
  return exit_code_of(error);
}

ExitCode run_chosen(Program const& program) {
  try {
    auto const done = program.chosen();
    return done ? ExitCode::done : complain(done.error());
  } catch (std::exception const& broken) {
    terminal::say(fmt::format("insighta: {}", visible(broken.what())));
    return ExitCode::failure;
  }
}

}  // namespace

ExitCode run_command_line(int argc, char const* const* argv) {
  CLI::App root{"Insighta on the command line", "insighta"};
  Program program;
  root.footer(footer);
  add_global_options(root, program);
  add_commands(root, program);
  try {
    root.parse(argc, argv);
  } catch (CLI::ParseError const& fault) {
    bool const is_question = fault.get_exit_code() == static_cast<int>(CLI::ExitCodes::Success);
    if (is_question) {
      root.exit(fault);
      return ExitCode::done;
    }
    terminal::say(
        fmt::format("insighta: {} (see '{} --help')", visible(fault.what()), typed_command(root)));
    return ExitCode::usage;
  }
  return run_chosen(program);
}

}  // namespace insighta::cli
