#include "terminal/terminal.hpp"

#include "files/private_files.hpp"

#include <fmt/format.h>

#include <cstdlib>
#include <iostream>
#include <string>
#include <sys/ioctl.h>
#include <unistd.h>

namespace insighta::cli::terminal {

namespace {

std::string_view environment(char const* name) {
  char const* const value = std::getenv(name);
  return value == nullptr ? std::string_view{} : std::string_view{value};
}

}  // namespace

bool is_terminal(int descriptor) {
  return isatty(descriptor) == 1;
}

bool may_style(int descriptor) {
  return environment("NO_COLOR").empty() && environment("TERM") != "dumb" &&
         is_terminal(descriptor);
}

std::size_t width() {
  winsize size{};
  if (!is_terminal(STDOUT_FILENO) || ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0) return 0;
  return size.ws_col;
}

Result<void> print(std::string_view text) {
  return write_all(STDOUT_FILENO, text, "standard output");
}

void say(std::string_view line) {
  // When standard error is closed there is nobody left to tell.
  static_cast<void>(write_all(STDERR_FILENO, fmt::format("{}\n", line), "standard error"));
}

void warn(std::string_view line) {
  say(fmt::format("insighta: warning: {}", line));
}

bool confirm(std::string_view question) {
  static_cast<void>(write_all(STDERR_FILENO, fmt::format("{} [y/N] ", question), "terminal"));
  std::string answer;
  std::getline(std::cin, answer);
  return answer == "y" || answer == "Y" || answer == "yes";
}

}  // namespace insighta::cli::terminal
