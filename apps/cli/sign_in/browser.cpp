#include "sign_in/browser.hpp"

#include <cstdlib>
#include <fcntl.h>
#include <string_view>
#include <sys/wait.h>
#include <unistd.h>

namespace insighta::cli {

namespace {

bool is_set(char const* name) {
  char const* const value = std::getenv(name);
  return value != nullptr && *value != '\0';
}

/// In the grandchild: nothing but exec and _exit.
[[noreturn]] void become_opener(char const* url) {
  int const nowhere = open("/dev/null", O_RDWR);
  for (int const stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) dup2(nowhere, stream);
  setsid();
  execlp("xdg-open", "xdg-open", url, nullptr);
  _exit(127);
}

}  // namespace

bool has_browser() {
  if (is_set("BROWSER")) return true;
  bool const is_container =
      access("/.dockerenv", F_OK) == 0 || access("/run/.containerenv", F_OK) == 0;
  return !is_set("SSH_CONNECTION") && !is_container &&
         (is_set("DISPLAY") || is_set("WAYLAND_DISPLAY"));
}

void open_browser(std::string const& url) {
  // Forked twice: the opener belongs to nobody who would have to wait for it.
  pid_t const child = fork();
  if (child == 0) {
    if (fork() == 0) become_opener(url.c_str());
    _exit(0);
  }
  if (child > 0) waitpid(child, nullptr, 0);
}

}  // namespace insighta::cli
