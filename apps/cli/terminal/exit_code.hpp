#pragma once

#include "platform/outcome/error.hpp"

namespace insighta::cli {

/// How the program ends: a closed list that scripts rely on, the same in insighta.1.
enum class ExitCode {
  done = 0,
  failure = 1,  ///< something on this computer: a file, the output
  usage = 2,    ///< the words typed make no sense, here or to the server
  not_found = 3,
  not_signed_in = 4,  ///< or signed in and refused
  conflict = 5,
  server = 6,  ///< the server or the way to it
};

/// Kind `internal` is this computer's; the faults of servers arrive as other kinds.
ExitCode exit_code_of(Error const& error);

}  // namespace insighta::cli
