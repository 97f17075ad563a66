#pragma once

namespace insighta::cli {

/// While it lives, Ctrl-C and SIGTERM only leave a note, so that a half-written file can be
/// removed; when it goes, a noted signal is delivered as if nothing had held it back. One at a
/// time.
class Interruption {
 public:
  Interruption();
  ~Interruption();
  Interruption(Interruption&&) = delete;

  static bool is_wanted();
};

}  // namespace insighta::cli
