#include "commands/listing.hpp"

#include "terminal/csv.hpp"
#include "terminal/table.hpp"
#include "terminal/terminal.hpp"
#include "terminal/visible_text.hpp"

#include <fmt/format.h>

#include <unistd.h>

namespace insighta::cli {

namespace {

std::string shown(json::Value const& row, ListColumn const& column) {
  return column.words ? column.words(row) : member_text(row, column.member);
}

std::string csv_of(std::vector<json::Value> const& rows, std::vector<ListColumn> const& columns) {
  std::vector<std::string> names;
  for (auto const& column : columns)
    if (!column.member.empty()) names.push_back(column.member);
  std::string text = csv_line(names);
  for (auto const& row : rows) {
    std::vector<std::string> cells;
    for (auto const& name : names) cells.push_back(member_text(row, name));
    text += csv_line(cells);
  }
  return text;
}

std::string table_of(std::vector<json::Value> const& rows, std::vector<ListColumn> const& columns) {
  std::vector<Column> titles;
  for (auto const& column : columns)
    if (!column.title.empty())
      titles.push_back({.title = column.title, .may_shrink = column.may_shrink});
  Table table(std::move(titles));
  for (auto const& row : rows) {
    std::vector<std::string> cells;
    for (auto const& column : columns)
      if (!column.title.empty()) cells.push_back(shown(row, column));
    table.add_row(cells);
  }
  return table.to_string(terminal::width(), terminal::may_style(STDOUT_FILENO));
}

}  // namespace

Result<void> print_list(Program const& program, std::string const& envelope,
                        std::vector<ListColumn> const& columns, std::string_view plural) {
  if (program.output == Output::json) return terminal::print(visible_json(envelope) + "\n");
  TRY(auto const data, data_of(envelope));
  auto const rows = data.items();
  if (program.output == Output::csv) return terminal::print(csv_of(rows, columns));
  TRY(auto const document, json::Value::parse(envelope));
  auto const total = document.find("total");
  auto const count =
      total ? total->as_integer().value_or(0) : static_cast<std::int64_t>(rows.size());
  auto const table = rows.empty() ? std::string{} : table_of(rows, columns) + "\n";
  return terminal::print(table + counted(count, plural) + ".\n");
}

Result<void> print_one(Program const& program, std::string const& envelope,
                       std::vector<ListColumn> const& columns) {
  if (program.output == Output::json) return terminal::print(visible_json(envelope) + "\n");
  TRY(auto const data, data_of(envelope));
  if (program.output == Output::csv) return terminal::print(csv_of({data}, columns));
  std::vector<std::pair<std::string, std::string>> lines;
  for (auto const& column : columns) {
    auto const text = shown(data, column);
    bool const is_told = column.words ? !text.empty() : data.find(column.member).has_value();
    if (!column.title.empty() && is_told) lines.emplace_back(column.title, text);
  }
  return terminal::print(facts(lines, terminal::may_style(STDOUT_FILENO)));
}

std::string counted(std::int64_t count, std::string_view plural) {
  constexpr std::string_view ending = "ies";
  if (count != 1) return fmt::format("{} {}", count, plural);
  if (plural.ends_with(ending))
    return fmt::format("1 {}y", plural.substr(0, plural.size() - ending.size()));
  return fmt::format("1 {}", plural.substr(0, plural.size() - 1));
}

std::string member_text(json::Value const& row, std::string_view member) {
  auto const value = row.find(member);
  if (!value || value->is_null()) return {};
  if (auto const text = value->as_string()) return std::string{*text};
  if (auto const truth = value->as_bool()) return *truth ? "yes" : "no";
  if (!value->is_array()) return value->to_string();
  std::string joined;
  for (auto const& item : value->items()) {
    if (!joined.empty()) joined += ' ';
    joined += item.as_string().value_or("");
  }
  return joined;
}

Result<void> print_done(Program const& program, std::string_view sentence) {
  if (program.output != Output::table) return {};
  return terminal::print(visible(sentence) + "\n");
}

Result<bool> confirmed(bool is_confirmed, std::string_view question) {
  return confirmed(is_confirmed, [&]() -> Result<std::string> { return std::string{question}; });
}

Result<bool> confirmed(bool is_confirmed, std::function<Result<std::string>()> const& question) {
  if (is_confirmed) return true;
  if (!terminal::is_terminal(STDIN_FILENO))
    return fail(invalid("nobody is there to confirm it; pass --yes"));
  TRY(auto const words, question());
  if (terminal::confirm(visible(words))) return true;
  terminal::say("Nothing was changed.");
  return false;
}

Result<json::Value> data_of(std::string const& envelope) {
  auto const document = json::Value::parse(envelope);
  auto const data = document ? document->find("data") : std::nullopt;
  if (!data) return fail(bad_upstream("the server's answer is broken"));
  return *data;
}

}  // namespace insighta::cli
