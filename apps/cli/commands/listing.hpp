#pragma once

#include "platform/json/value.hpp"
#include "program.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace insighta::cli {

/// A member of the API's rows, under a title for people. CSV has the member's own name.
struct ListColumn {
  std::string title;
  std::string member;
  bool may_shrink = false;
};

/// The rows of a list as a table with how many there are ("3 users."), as CSV, or the answer
/// itself.
Result<void> print_list(Program const& program, std::string const& envelope,
                        std::vector<ListColumn> const& columns, std::string_view plural);
/// One thing, a line for each column.
Result<void> print_one(Program const& program, std::string const& envelope,
                       std::vector<ListColumn> const& columns);
/// `sentence` for people; nothing where the output is for programs.
Result<void> print_done(Program const& program, std::string_view sentence);

/// Whether to go on: asks unless `is_confirmed`, and fails where nobody is there to answer.
Result<bool> confirmed(bool is_confirmed, std::string_view question);

/// The API's `data`.
Result<json::Value> data_of(std::string const& envelope);

}  // namespace insighta::cli
