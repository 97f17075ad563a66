#include "commands/commands.hpp"
#include "commands/listing.hpp"
#include "commands/profiles/query_flags.hpp"
#include "terminal/csv.hpp"
#include "terminal/table.hpp"
#include "terminal/terminal.hpp"
#include "terminal/visible_text.hpp"

#include <array>
#include <memory>
#include <unistd.h>

namespace insighta::cli::commands {

namespace {

using Row = std::vector<std::string>;

std::string text_of(json::Value const& object, std::string_view name) {
  auto const value = object.find(name);
  if (!value || value->is_null()) return {};
  auto const text = value->as_string();
  return text ? std::string{*text} : value->to_string();
}

/// `by, value, count` rows: gender and age group as named numbers, the others as lists.
std::vector<Row> rows_of(json::Value const& stats) {
  std::vector<Row> rows{{"total", "", text_of(stats, "total")}};
  for (char const* const by : {"gender", "age_group"}) {
    auto const counts = stats.find(by);
    if (!counts) continue;
    for (auto const& [name, count] : counts->members()) {
      rows.push_back({by, std::string{name}, count.to_string()});
    }
  }
  struct List {
    char const* by;
    char const* value;
  };
  for (List const& list :
       {List{"country", "country_id"}, List{"age", "age"}, List{"created", "date"}}) {
    auto const counts = stats.find(list.by);
    if (!counts) continue;
    for (json::Value const& item : counts->items()) {
      rows.push_back({list.by, text_of(item, list.value), text_of(item, "count")});
    }
  }
  return rows;
}

Result<void> run(Program const& program, QueryFlags const& flags) {
  TRY(auto const connection, Connection::make(program));
  TRY(auto const answer,
      connection->api().send({.url = with_query("/api/v1/profiles/stats", flags.parameters())}));
  if (program.output == Output::json) return terminal::print(visible_json(answer.body) + "\n");
  TRY(auto const stats, data_of(answer.body));
  auto const rows = rows_of(stats);
  if (program.output == Output::csv) {
    std::string text = csv_line({"by", "value", "count"});
    for (Row const& row : rows) text += csv_line(row);
    return terminal::print(text);
  }
  Table table({{.title = "BY"}, {.title = "VALUE"}, {.title = "COUNT", .is_number = true}});
  for (Row const& row : rows) table.add_row(row);
  return terminal::print(table.to_string(terminal::width(), terminal::may_style(STDOUT_FILENO)));
}

}  // namespace

void add_profiles_stats(CLI::App& profiles, Program& program) {
  auto* const command =
      profiles.add_subcommand("stats", "Count profiles by gender, age, country and day");
  auto const flags = std::make_shared<QueryFlags>();
  flags->add_filters(*command);
  command->callback(
      [&program, flags] { program.chosen = [&program, flags] { return run(program, *flags); }; });
}

}  // namespace insighta::cli::commands
