#pragma once

#include "platform/json/value.hpp"
#include "program.hpp"

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace insighta::cli {

/// A member of the API's rows, under a title for people. CSV has the member's own name. Without a
/// title it is for CSV alone, without a member for people alone.
struct ListColumn {
  std::string title;
  std::string member;
  bool may_shrink = false;
  /// What people read instead of the member; a line about one thing is left out when it is empty.
  std::function<std::string(json::Value const& row)> words = {};
};

/// The rows of a list as a table with how many there are ("3 users."), as CSV, or the answer
/// itself.
Result<void> print_list(Program const& program, std::string const& envelope,
                        std::vector<ListColumn> const& columns, std::string_view plural);
/// One thing, a line for each column.
Result<void> print_one(Program const& program, std::string const& envelope,
                       std::vector<ListColumn> const& columns);
/// "3 users", "1 user", "1 entry": of nouns whose plural ends in s.
std::string counted(std::int64_t count, std::string_view plural);
/// A member as text: empty for null and what is missing, yes or no, lists joined by spaces.
std::string member_text(json::Value const& row, std::string_view member);
/// `sentence` for people; nothing where the output is for programs.
Result<void> print_done(Program const& program, std::string_view sentence);

/// Whether to go on: asks unless `is_confirmed`, and fails where nobody is there to answer.
Result<bool> confirmed(bool is_confirmed, std::string_view question);
/// The same with a question that is found out only when somebody is there to read it.
Result<bool> confirmed(bool is_confirmed, std::function<Result<std::string>()> const& question);

/// The API's `data`.
Result<json::Value> data_of(std::string const& envelope);

}  // namespace insighta::cli
