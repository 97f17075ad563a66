#pragma once

#include <csignal>

namespace insighta {

/// SIGTERM and SIGINT, kept from every thread so that one can wait for them; SIGPIPE is ignored.
/// Made in main() before any other thread exists.
class StopSignals {
 public:
  StopSignals();
  /// Returns when the program was asked to end.
  void wait() const;

 private:
  sigset_t set_;
};

}  // namespace insighta
