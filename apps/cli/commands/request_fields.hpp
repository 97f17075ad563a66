#pragma once

#include "api/query_string.hpp"

#include <CLI/CLI.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace insighta::cli {

/// Words of a command that become members of a request's body or parameters of its query, one to
/// one. Their values are the server's to judge, so that there is one place that knows the rules.
class RequestFields {
 public:
  /// Each adds an option or, without dashes, an argument; what is left out is not sent.
  CLI::Option* text(CLI::App& command, std::string const& names, std::string member,
                    std::string const& help);
  CLI::Option* number(CLI::App& command, std::string const& names, std::string member,
                      std::string const& help);
  CLI::Option* yes_or_no(CLI::App& command, std::string const& names, std::string member,
                         std::string const& help);
  /// Sent as true.
  CLI::Option* flag(CLI::App& command, std::string const& names, std::string member,
                    std::string const& help);
  /// May be repeated.
  CLI::Option* texts(CLI::App& command, std::string const& names, std::string member,
                     std::string const& help);
  void pages(CLI::App& command);

  /// Sets or replaces a member.
  void set(std::string_view member, std::string_view value);
  void set_number(std::string_view member, std::int64_t value);
  /// As it was typed; nothing when it was left out.
  std::optional<std::string> given(std::string_view member) const;

  std::string body() const;
  Parameters parameters() const;

 private:
  struct Field {
    std::string member;
    std::string typed = {};
    std::string json = {};
  };

  Field& field(std::string_view member);

  std::vector<Field> fields_;  ///< in the order in which they were set
};

}  // namespace insighta::cli
