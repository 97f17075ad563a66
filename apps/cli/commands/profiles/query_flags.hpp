#pragma once

#include "api/query_string.hpp"

#include <CLI/CLI.hpp>

#include <deque>
#include <optional>
#include <string>

namespace insighta::cli {

/// Options of a command that become parameters of the query, one to one. Their values are the
/// server's to judge, so that there is one place that knows the rules.
class QueryFlags {
 public:
  void add_filters(CLI::App& command);
  void add_order(CLI::App& command);
  void add_pages(CLI::App& command);

  /// Those that were given, in a fixed order.
  Parameters parameters() const;

 private:
  struct Flag {
    std::string parameter;
    std::optional<std::string> value;
  };

  void add(CLI::App& command, std::string const& names, std::string parameter,
           std::string const& help);

  std::deque<Flag> flags_;  ///< never moves what the command line points at
};

/// `path?a=1`, or the path alone.
std::string with_query(std::string path, Parameters const& parameters);

}  // namespace insighta::cli
