#pragma once

#include "commands/request_fields.hpp"
#include "program.hpp"

#include <CLI/CLI.hpp>

#include <functional>
#include <string>

namespace insighta::cli {

/// What was typed after a command.
struct Asked {
  std::string id;        ///< the thing that it is about
  RequestFields fields;  ///< what is sent
  bool is_confirmed = false;

  /// An argument that must be there.
  void about(CLI::App& command, std::string const& name, std::string const& help) {
    command.add_option(name, id, help)->required();
  }
};

/// Adds a command: `describe` says what may be typed after its name, `run` does it.
CLI::App* add_command(CLI::App& parent, Program& program, std::string const& name,
                      std::string const& help,
                      std::function<void(CLI::App&, Asked&)> const& describe,
                      std::function<Result<void>(Program const&, Asked const&)> run);

/// A command that needs others behind it.
CLI::App& add_noun(CLI::App& root, std::string const& name, std::string const& help);

}  // namespace insighta::cli
