// Rows do not depend on where the text is cut, cells survive being quoted, and a row that is taken
// can be stored.

#include "platform/testing/fuzzing.hpp"
#include "platform/unicode/unicode.hpp"
#include "profiles/domain/country.hpp"
#include "profiles/domain/import_row.hpp"

#include <vector>

using namespace insighta;
using namespace insighta::profiles;

namespace {

/// A row that outlives its reader.
struct Row {
  std::int64_t line;
  std::vector<std::string> cells;
  CsvRow::Fault fault;
  bool operator==(Row const&) const = default;
};

void drain(CsvReader& reader, std::vector<Row>& rows) {
  while (auto const row = reader.next())
    rows.push_back({row->line, {row->cells.begin(), row->cells.end()}, row->fault});
}

std::vector<Row> read(std::string_view text, std::size_t piece_size) {
  CsvReader reader;
  std::vector<Row> rows;
  fuzzing::in_pieces(text, piece_size, [&](std::string_view piece) {
    reader.feed(piece);
    drain(reader, rows);
  });
  reader.finish();
  drain(reader, rows);
  return rows;
}

std::string quoted(std::vector<std::string> const& cells) {
  std::string line;
  for (auto const& cell : cells) {
    line += &cell == cells.data() ? "\"" : ",\"";
    for (char const c : cell) line.append(c == '"' ? 2 : 1, c);
    line += '"';
  }
  return line + "\r\n";
}

void check_cells(std::vector<Row> const& rows) {
  for (auto const& row : rows) {
    fuzzing::must((row.fault == CsvRow::Fault::malformed) == row.cells.empty(), "rows have cells");
    if (row.cells.empty()) continue;
    auto const again = read(quoted(row.cells), 3);
    fuzzing::must(again == std::vector<Row>{{1, row.cells, row.fault}}, "cells read back");
  }
}

void check_profile(NewProfile const& profile) {
  auto const& name = profile.name;
  fuzzing::must(unicode::is_valid_utf8(name.spelling) && !name.spelling.contains('\0'), "a text");
  fuzzing::must(!unicode::trim(name.spelling).empty(), "a name is not blank");
  fuzzing::must(unicode::length(name.spelling) <= max_name_length, "nor too long");
  fuzzing::must(unicode::fold_case(name.key) == name.key, "a key is its own key");
  fuzzing::must(profile.age >= 0 && profile.age <= max_age, "an age is possible");
  fuzzing::must(find_country(profile.country_id) != nullptr, "a country is known");
  for (double const p : {profile.gender_probability, profile.country_probability})
    fuzzing::must(p >= 0 && p <= 1, "a probability is one");
}

void check_rows(std::string_view text) {
  CsvReader reader;
  reader.feed(text);
  reader.finish();
  auto const first = reader.next();
  auto const header = first ? CsvHeader::from(*first) : fail(bad_request("empty", "EMPTY"));
  if (!header) return;
  while (auto const row = reader.next()) {
    auto const checked = check_row(header->apply(*row), Instant{});
    if (checked)
      check_profile(checked->profile);
    else
      fuzzing::must(checked.error().line == row->line, "a skipped row has its line");
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  fuzzing::Input input(data, size);
  auto const piece_size = 1 + input.choice();
  auto const rows = read(input.rest(), std::string_view::npos);
  fuzzing::must(read(input.rest(), piece_size) == rows, "cuts do not matter");
  check_cells(rows);
  check_rows(input.rest());
  return 0;
}
