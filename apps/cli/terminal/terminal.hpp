#pragma once

#include "platform/outcome/result.hpp"

#include <cstddef>
#include <string_view>

/// The three standard streams and what kind of thing is behind them.
namespace insighta::cli::terminal {

bool is_terminal(int descriptor);
/// Whether words may be bold or coloured there: a terminal, NO_COLOR unset or empty, TERM not dumb.
bool may_style(int descriptor);
/// Columns of the terminal behind standard output; 0 when there is none.
std::size_t width();

/// To standard output at once, whole; a full disk is an error, a closed pipe ends the program.
Result<void> print(std::string_view text);
/// One line to standard error, for people.
void say(std::string_view line);
/// `insighta: warning: …` to standard error.
void warn(std::string_view line);
/// Asks on the terminal; anything but y or yes is no.
bool confirm(std::string_view question);

}  // namespace insighta::cli::terminal
