#include "platform/log/log.hpp"

#include <fmt/format.h>
#include <spdlog/pattern_formatter.h>
#include <spdlog/sinks/base_sink.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <cerrno>
#include <mutex>
#include <unistd.h>

namespace insighta::log {

namespace {

/// Standard error, many lines with one call of the system.
class StandardError final : public spdlog::sinks::base_sink<std::mutex> {
  void sink_it_(spdlog::details::log_msg const& message) override {
    formatter_->format(message, lines_);
    if (lines_.size() >= most_kept) flush_();
  }

  void flush_() override {
    for (std::size_t written = 0; written < lines_.size();) {
      auto const count = ::write(STDERR_FILENO, lines_.data() + written, lines_.size() - written);
      if (count < 0 && errno != EINTR) break;  // nobody is left whom we could tell
      if (count > 0) written += static_cast<std::size_t>(count);
    }
    lines_.clear();
  }

  static constexpr std::size_t most_kept = 32 * 1024;
  spdlog::memory_buf_t lines_;
};

spdlog::logger& logger() {
  // Leaked on purpose: a line may still be written while static objects are being destroyed.
  static auto& instance = *new std::shared_ptr<spdlog::logger>([] {
    auto made = std::make_shared<spdlog::logger>("insighta", std::make_shared<StandardError>());
    made->set_formatter(std::make_unique<spdlog::pattern_formatter>(
        "%Y-%m-%dT%H:%M:%S.%eZ %l %v", spdlog::pattern_time_type::utc));
    return made;
  }());
  return *instance;
}

spdlog::level::level_enum to_spdlog(Level level) {
  switch (level) {
    case Level::debug:
      return spdlog::level::debug;
    case Level::info:
      return spdlog::level::info;
    case Level::warning:
      return spdlog::level::warn;
    case Level::error:
      return spdlog::level::err;
  }
  return spdlog::level::err;
}

bool is_token_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         c == '-' || c == '.' || c == '=';
}

/// A JWT starts with the base64url of `{"`.
constexpr std::string_view secret_prefixes[] = {"irt_", "ics_", "gho_", "ghp_", "ghu_", "eyJ"};

void append_value(std::string& line, std::string_view value) {
  bool const is_plain = !value.empty() && std::ranges::all_of(value, [](unsigned char c) {
    return c > 0x20 && c != '"' && c != '=' && c != 0x7f && c != '\\';
  });
  if (is_plain) {
    line += value;
    return;
  }
  line += '"';
  for (unsigned char const c : value) {
    if (c == '"' || c == '\\')
      (line += '\\') += static_cast<char>(c);
    else if (c == '\n')
      line += "\\n";
    else if (c < 0x20 || c == 0x7f)
      line += fmt::format("\\x{:02x}", c);
    else
      line += static_cast<char>(c);
  }
  line += '"';
}

}  // namespace

Field::Field(std::string_view k, double v) : key(k), value(fmt::format("{:.3f}", v)) {}

void set_level(Level level) {
  logger().set_level(to_spdlog(level));
}
bool is_enabled(Level level) {
  return logger().should_log(to_spdlog(level));
}

std::string redact(std::string_view text) {
  std::string safe;
  std::size_t copied = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    bool const at_word = at == 0 || !is_token_character(text[at - 1]) || text[at - 1] == '=';
    if (!at_word) continue;
    auto const rest = text.substr(at);
    auto const* const prefix = std::ranges::find_if(
        secret_prefixes, [&](std::string_view p) { return rest.starts_with(p); });
    if (prefix == std::end(secret_prefixes)) continue;
    std::size_t length = prefix->size();
    while (length < rest.size() && is_token_character(rest[length])) ++length;
    if (length >= prefix->size() + 16) {  // less is too short to be one
      safe.append(text, copied, at - copied).append(*prefix).append("[redacted]");
      copied = at + length;
    }
    at += length - 1;
  }
  return safe.append(text, copied);
}

void defer(Level level, std::string_view message, Fields fields) {
  if (!is_enabled(level)) return;
  std::string line;
  for (unsigned char const c : message) line += c < 0x20 || c == 0x7f ? ' ' : static_cast<char>(c);
  for (auto const& field : fields) {
    line += ' ';
    line += field.key;
    line += '=';
    append_value(line, field.value);
  }
  logger().log(to_spdlog(level), "{}", redact(line));
}

void write(Level level, std::string_view message, Fields fields) {
  if (!is_enabled(level)) return;
  defer(level, message, fields);
  flush();
}

void flush() {
  logger().flush();
}

}  // namespace insighta::log
