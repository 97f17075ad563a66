#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

namespace insighta::log {

enum class Level { debug, info, warning, error };

/// One `key=value` of a line. Values are quoted when needed; control characters are escaped, and
/// whatever looks like a token of ours (irt_…, ics_…, a JWT, gho_…) is replaced, so that no secret
/// can reach a log even by mistake.
struct Field {
  std::string_view key;
  std::string value;
  Field(std::string_view k, std::string v) : key(k), value(std::move(v)) {}
  Field(std::string_view k, std::string_view v) : key(k), value(v) {}
  Field(std::string_view k, char const* v) : key(k), value(v) {}
  Field(std::string_view k, std::int64_t v) : key(k), value(std::to_string(v)) {}
  Field(std::string_view k, double v);
};
using Fields = std::initializer_list<Field>;

/// Lines below `level` are dropped. Lines go to standard error: time, level, message, fields.
void set_level(Level level);
bool is_enabled(Level level);

/// Any thread.
void write(Level level, std::string_view message, Fields fields = {});
/// The same, but the line leaves with the next write() or flush(): for lines that come in numbers.
void defer(Level level, std::string_view message, Fields fields = {});
void flush();

inline void debug(std::string_view message, Fields fields = {}) {
  write(Level::debug, message, fields);
}
inline void info(std::string_view message, Fields fields = {}) {
  write(Level::info, message, fields);
}
inline void warning(std::string_view message, Fields fields = {}) {
  write(Level::warning, message, fields);
}
inline void error(std::string_view message, Fields fields = {}) {
  write(Level::error, message, fields);
}

/// What write() does to a text before it is printed; public for its test.
std::string redact(std::string_view text);

}  // namespace insighta::log
