#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>

namespace insighta::profiles {

/// Cuts `{"profiles":[…]}` into the texts of its items, in pieces of any size, so that the document
/// is never held. What the items themselves are is the JSON parser's business.
class JsonItems {
 public:
  static constexpr std::size_t max_item_bytes = 64 * 1024;

  void feed(std::string_view piece);
  /// The text is over: broken unless its closing brace was there.
  void finish() { is_broken_ |= place_ != Place::behind; }
  bool has_item() const { return !items_.empty(); }
  /// An item that was too long is empty.
  std::string take_item();

  /// The text has left the form; nothing more will come.
  bool is_broken() const { return is_broken_; }

 private:
  enum class Place : std::uint8_t { head, between, item, tail, behind };

  void take_byte(char c);
  void take_head(char c);
  void take_item_byte(char c);
  void store(char c);
  void end_item();

  Place place_ = Place::head;
  bool is_broken_ = false;
  bool is_in_string_ = false;
  bool is_escaped_ = false;
  bool is_too_long_ = false;
  bool needs_item_ = false;
  int depth_ = 0;
  std::string head_;
  std::string item_;
  std::deque<std::string> items_;
};

}  // namespace insighta::profiles
