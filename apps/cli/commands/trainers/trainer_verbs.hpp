#pragma once

#include "program.hpp"

#include <CLI/CLI.hpp>

namespace insighta::cli::commands {

/// When a trainer works: availability, block, open, time off.
void add_trainer_time(CLI::App& trainers, Program& program);

}  // namespace insighta::cli::commands
