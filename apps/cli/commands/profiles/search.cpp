#include "commands/commands.hpp"
#include "commands/profiles/profile_output.hpp"
#include "commands/profiles/query_flags.hpp"

#include <memory>
#include <string>
#include <vector>

namespace insighta::cli::commands {

namespace {

struct Search {
  std::vector<std::string> words;
  QueryFlags flags;
};

Result<void> run(Program const& program, Search const& search) {
  std::string question;
  for (std::string const& word : search.words) question += (question.empty() ? "" : " ") + word;
  Parameters parameters{{"q", question}};
  for (auto const& parameter : search.flags.parameters()) parameters.push_back(parameter);
  TRY(auto const connection, Connection::make(program));
  TRY(auto const answer,
      connection->api().send({.url = with_query("/api/v1/profiles/search", parameters)}));
  return print_profiles(program, answer.body);
}

}  // namespace

void add_profiles_search(CLI::App& profiles, Program& program) {
  auto* const command =
      profiles.add_subcommand("search", "Find profiles in plain words: young males from nigeria");
  auto const search = std::make_shared<Search>();
  command->add_option("words", search->words, "What you look for")->required();
  search->flags.add_filters(*command);
  search->flags.add_order(*command);
  search->flags.add_pages(*command);
  command->callback([&program, search] {
    program.chosen = [&program, search] { return run(program, *search); };
  });
}

}  // namespace insighta::cli::commands
