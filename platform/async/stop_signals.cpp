#include "platform/async/stop_signals.hpp"

namespace insighta {

StopSignals::StopSignals() : set_() {
  sigemptyset(&set_);
  sigaddset(&set_, SIGTERM);
  sigaddset(&set_, SIGINT);
  pthread_sigmask(SIG_BLOCK, &set_, nullptr);
  std::signal(SIGPIPE, SIG_IGN);
}

void StopSignals::wait() const {
  int received = 0;
  sigwait(&set_, &received);
}

}  // namespace insighta
