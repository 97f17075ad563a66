#include "profiles/domain/json_items.hpp"

#include <utility>

namespace insighta::profiles {

namespace {

constexpr std::string_view expected_head = "{\"profiles\":[";

bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

}  // namespace

void JsonItems::feed(std::string_view piece) {
  for (char const c : piece) {
    if (is_broken_) return;
    take_byte(c);
  }
}

std::string JsonItems::take_item() {
  auto item = std::move(items_.front());
  items_.pop_front();
  return item;
}

void JsonItems::take_byte(char c) {
  if (place_ == Place::item) return take_item_byte(c);
  if (is_space(c)) return;
  switch (place_) {
    case Place::head:
      return take_head(c);
    case Place::between:
      if (c == ']' && !needs_item_) {
        place_ = Place::tail;
        return;
      }
      place_ = Place::item;
      return take_item_byte(c);
    case Place::tail:
      is_broken_ = c != '}';
      place_ = Place::behind;
      return;
    case Place::item:
    case Place::behind:
      is_broken_ = true;
  }
}

void JsonItems::take_head(char c) {
  head_ += c;
  is_broken_ = !expected_head.starts_with(head_);
  if (head_ == expected_head) place_ = Place::between;
}

void JsonItems::take_item_byte(char c) {
  if (is_in_string_) {
    store(c);
    if (is_escaped_)
      is_escaped_ = false;
    else if (c == '\\')
      is_escaped_ = true;
    else if (c == '"')
      is_in_string_ = false;
    return;
  }
  if (depth_ == 0 && (c == ',' || c == ']')) {
    end_item();
    needs_item_ = c == ',';
    place_ = c == ',' ? Place::between : Place::tail;
    return;
  }
  if (c == '{' || c == '[') ++depth_;
  if (c == '}' || c == ']') --depth_;
  if (depth_ < 0) is_broken_ = true;
  if (c == '"') is_in_string_ = true;
  store(c);
}

void JsonItems::store(char c) {
  if (item_.size() >= max_item_bytes) is_too_long_ = true;
  if (!is_too_long_) item_ += c;
}

void JsonItems::end_item() {
  if (item_.empty()) {
    is_broken_ = true;
    return;
  }
  auto item = std::exchange(item_, {});
  items_.push_back(std::exchange(is_too_long_, false) ? std::string{} : std::move(item));
}

}  // namespace insighta::profiles
