#include "commands/commands.hpp"
#include "terminal/terminal.hpp"

#include <fmt/format.h>

#include <memory>
#include <string>
#include <vector>

namespace insighta::cli::commands {

namespace {

/// What may follow the words of one command: its commands and its options.
struct Node {
  std::string path;  ///< "profiles list"; empty for the program itself
  std::string words;
};

std::string words_after(CLI::App const& app) {
  std::string words;
  auto const add = [&](std::string const& word) { words += (words.empty() ? "" : " ") + word; };
  for (CLI::App const* child : app.get_subcommands({})) add(child->get_name());
  for (CLI::App const* level = &app; level != nullptr; level = level->get_parent()) {
    for (CLI::Option const* option : level->get_options()) {
      bool const is_own_help =
          level == &app || option->get_lnames() != app.get_help_ptr()->get_lnames();
      for (std::string const& name : option->get_lnames()) {
        if (is_own_help) add("--" + name);
      }
    }
  }
  return words;
}

void collect(CLI::App const& app, std::string const& path, std::vector<Node>& nodes) {
  nodes.push_back({path, words_after(app)});
  for (CLI::App const* child : app.get_subcommands({})) {
    collect(*child, path.empty() ? child->get_name() : path + " " + child->get_name(), nodes);
  }
}

/// The path is made of the words typed so far that are no options; file names complete where no
/// word fits.
std::string bash_script(std::vector<Node> const& nodes) {
  std::string steps;
  std::string cases;
  for (Node const& node : nodes) {
    if (auto const gap = node.path.rfind(' '); gap != node.path.npos) {
      steps += fmt::format("        '{}/{}') path='{}' ;;\n", node.path.substr(0, gap),
                           node.path.substr(gap + 1), node.path);
    } else if (!node.path.empty()) {
      steps += fmt::format("        '/{}') path='{}' ;;\n", node.path, node.path);
    }
    cases += fmt::format("    '{}') words='{}' ;;\n", node.path, node.words);
  }
  return fmt::format(R"(_insighta() {{
  local word path='' words='' i
  for ((i = 1; i < COMP_CWORD; i++)); do
    word=${{COMP_WORDS[i]}}
    case $word in
      -*) ;;
      *) case "$path/$word" in
{}        esac ;;
    esac
  done
  case $path in
{}  esac
  COMPREPLY=($(compgen -W "$words" -- "${{COMP_WORDS[COMP_CWORD]}}"))
}}
complete -o default -F _insighta insighta
)",
                     steps, cases);
}

std::string fish_script(std::vector<Node> const& nodes) {
  std::string script = "complete -c insighta -e\n";
  for (Node const& node : nodes) {
    std::string condition;
    for (std::size_t from = 0; from < node.path.size();) {
      auto const end = std::min(node.path.find(' ', from), node.path.size());
      condition +=
          fmt::format("{}__fish_seen_subcommand_from {}", condition.empty() ? "" : "; and ",
                      node.path.substr(from, end - from));
      from = end + 1;
    }
    if (condition.empty()) condition = "__fish_use_subcommand";
    script += fmt::format("complete -c insighta -n '{}' -a '{}'\n", condition, node.words);
  }
  return script;
}

Result<void> run(CLI::App const& root, std::string const& shell) {
  std::vector<Node> nodes;
  collect(root, "", nodes);
  if (shell == "fish") return terminal::print(fish_script(nodes));
  std::string const bash = bash_script(nodes);
  if (shell == "bash") return terminal::print(bash);
  return terminal::print("autoload -U +X bashcompinit && bashcompinit\n" + bash);
}

}  // namespace

void add_completion(CLI::App& root, Program& program) {
  auto* const command = root.add_subcommand("completion", "Print a script for your shell");
  auto const shell = std::make_shared<std::string>();
  command->add_option("shell", *shell, "bash, zsh or fish")
      ->required()
      ->check(CLI::IsMember({"bash", "zsh", "fish"}));
  command->callback(
      [&program, &root, shell] { program.chosen = [&root, shell] { return run(root, *shell); }; });
}

}  // namespace insighta::cli::commands
