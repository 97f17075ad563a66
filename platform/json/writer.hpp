#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace insighta::json {

/// Appends JSON text (RFC 8259, UTF-8) to a string, member by member, in the order called; commas
/// are its business. Doubles print as the shortest decimal that reads back (0.87, not 8.7E-1);
/// text that is not UTF-8 has its broken bytes replaced by U+FFFD.
class Writer {
 public:
  explicit Writer(std::string& out) : out_(out) {}

  Writer& begin_object();
  Writer& end_object();
  Writer& begin_array();
  Writer& end_array();
  /// The name of the next value inside an object.
  Writer& key(std::string_view name);

  Writer& value(std::string_view text);
  Writer& value(char const* text) { return value(std::string_view{text}); }
  Writer& value(std::int64_t number);
  Writer& value(int number) { return value(std::int64_t{number}); }
  Writer& value(double number);
  Writer& value(bool truth);
  Writer& null();
  /// JSON text that is already encoded.
  Writer& raw(std::string_view json);

  template <class T>
  Writer& value(std::optional<T> const& maybe) {
    return maybe ? value(*maybe) : null();
  }
  /// key() and value() together.
  template <class T>
  Writer& member(std::string_view name, T const& content) {
    return key(name).value(content);
  }

 private:
  void separate();

  std::string& out_;
  bool needs_comma_ = false;
};

/// One JSON string literal, quotes included.
std::string quoted(std::string_view text);

}  // namespace insighta::json
