#pragma once

#include "terminal/exit_code.hpp"

namespace insighta::cli {

/// The whole program: reads the words, runs the command they choose, tells what went wrong.
ExitCode run_command_line(int argc, char const* const* argv);

}  // namespace insighta::cli
