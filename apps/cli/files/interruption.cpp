#include "files/interruption.hpp"

#include <csignal>

namespace insighta::cli {

namespace {

// A signal handler can reach nothing but a global.
std::sig_atomic_t volatile noted_signal = 0;

extern "C" void note_signal(int signal) {
  noted_signal = signal;
}

}  // namespace

Interruption::Interruption() {
  noted_signal = 0;
  std::signal(SIGINT, note_signal);
  std::signal(SIGTERM, note_signal);
}

Interruption::~Interruption() {
  std::signal(SIGINT, SIG_DFL);
  std::signal(SIGTERM, SIG_DFL);
  if (noted_signal != 0) std::raise(noted_signal);
}

bool Interruption::is_wanted() {
  return noted_signal != 0;
}

}  // namespace insighta::cli
