#include "platform/json/value.hpp"

#include "platform/json/node.hpp"
#include "platform/json/writer.hpp"

#include <cmath>

namespace insighta::json {

namespace {

/// Beyond this a double no longer tells neighbouring integers apart.
constexpr double largest_exact = 9007199254740992.0;

void write(Writer& writer, Node const& node);

void write_content(Writer& writer, std::nullptr_t) {
  writer.null();
}
void write_content(Writer& writer, Node::Array const& array) {
  writer.begin_array();
  for (auto const& item : array) write(writer, item);
  writer.end_array();
}
void write_content(Writer& writer, Node::Object const& object) {
  writer.begin_object();
  for (auto const& [name, member] : object) {
    writer.key(name);
    write(writer, member);
  }
  writer.end_object();
}
template <class T>
void write_content(Writer& writer, T const& scalar) {
  writer.value(scalar);
}

void write(Writer& writer, Node const& node) {
  std::visit([&](auto const& content) { write_content(writer, content); }, node.content);
}

}  // namespace

Value::Value(std::shared_ptr<Node const> node) : node_(std::move(node)) {}

Value Value::child(Node const& node) const {
  return Value{std::shared_ptr<Node const>(node_, &node)};
}

bool Value::is_null() const {
  return std::holds_alternative<std::nullptr_t>(node_->content);
}
bool Value::is_object() const {
  return std::holds_alternative<Node::Object>(node_->content);
}
bool Value::is_array() const {
  return std::holds_alternative<Node::Array>(node_->content);
}
bool Value::is_string() const {
  return std::holds_alternative<std::string>(node_->content);
}

std::optional<std::string_view> Value::as_string() const {
  if (auto const* const text = std::get_if<std::string>(&node_->content)) return *text;
  return {};
}

std::optional<std::int64_t> Value::as_integer() const {
  if (auto const* const integer = std::get_if<std::int64_t>(&node_->content)) return *integer;
  auto const* const number = std::get_if<double>(&node_->content);
  if (number && std::trunc(*number) == *number && std::abs(*number) < largest_exact)
    return static_cast<std::int64_t>(*number);
  return {};
}

std::optional<double> Value::as_number() const {
  if (auto const* const number = std::get_if<double>(&node_->content)) return *number;
  if (auto const* const integer = std::get_if<std::int64_t>(&node_->content))
    return static_cast<double>(*integer);
  return {};
}

std::optional<bool> Value::as_bool() const {
  if (auto const* const truth = std::get_if<bool>(&node_->content)) return *truth;
  return {};
}

std::optional<Value> Value::find(std::string_view name) const {
  auto const* const object = std::get_if<Node::Object>(&node_->content);
  if (!object) return {};
  for (auto const& [key, member] : *object)
    if (key == name) return child(member);
  return {};
}

std::vector<Value> Value::items() const {
  std::vector<Value> items;
  if (auto const* const array = std::get_if<Node::Array>(&node_->content)) {
    items.reserve(array->size());
    for (auto const& item : *array) items.push_back(child(item));
  }
  return items;
}

std::vector<std::pair<std::string_view, Value>> Value::members() const {
  std::vector<std::pair<std::string_view, Value>> members;
  if (auto const* const object = std::get_if<Node::Object>(&node_->content)) {
    members.reserve(object->size());
    for (auto const& [name, member] : *object) members.emplace_back(name, child(member));
  }
  return members;
}

std::string Value::to_string() const {
  std::string text;
  Writer writer(text);
  write(writer, *node_);
  return text;
}

}  // namespace insighta::json
