#include "platform/json/node.hpp"
#include "platform/json/value.hpp"

#include <boost/json/basic_parser_impl.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

namespace insighta::json {

namespace {

namespace bj = boost::json;

constexpr std::size_t max_depth = 32;

bool has_repeated_name(Node::Object const& object) {
  constexpr std::size_t few = 8;  // compared with one another sooner than sorted
  if (object.size() <= few) {
    for (auto one = object.begin(); one != object.end(); ++one)
      if (std::ranges::find(object.begin(), one, one->name, &Member::name) != one) return true;
    return false;
  }
  std::vector<std::string_view> names;
  names.reserve(object.size());
  for (auto const& [name, node] : object) names.push_back(name);
  std::ranges::sort(names);
  return std::ranges::adjacent_find(names) != names.end();
}

/// Builds the tree from the tokens of Boost.JSON. Boost's own document keeps the last of repeated
/// members silently, which would let two readers of one text disagree.
class TreeBuilder {
 public:
  static constexpr std::size_t max_array_size = -1;
  static constexpr std::size_t max_object_size = -1;
  static constexpr std::size_t max_string_size = -1;
  static constexpr std::size_t max_key_size = -1;

  Node root;
  std::string_view refusal;  ///< why a text that is JSON was refused

  bool on_document_begin(bj::error_code&) { return true; }
  bool on_document_end(bj::error_code&) { return true; }
  bool on_array_begin(bj::error_code&) { return open(Node{Node::Array{}}); }
  bool on_array_end(std::size_t, bj::error_code&) { return close(); }
  bool on_object_begin(bj::error_code&) { return open(Node{Node::Object{}}); }
  bool on_object_end(std::size_t, bj::error_code& error) {
    if (has_repeated_name(std::get<Node::Object>(open_.back().node.content)))
      return refuse("a member appears twice", error);
    return close();
  }
  bool on_string_part(bj::string_view part, std::size_t, bj::error_code&) {
    text_.append(part.data(), part.size());
    return true;
  }
  bool on_string(bj::string_view part, std::size_t, bj::error_code&) {
    text_.append(part.data(), part.size());
    return place(Node{std::exchange(text_, {})});
  }
  bool on_key_part(bj::string_view part, std::size_t size, bj::error_code& error) {
    return on_string_part(part, size, error);
  }
  bool on_key(bj::string_view part, std::size_t, bj::error_code&) {
    text_.append(part.data(), part.size());
    open_.back().name = std::exchange(text_, {});
    return true;
  }
  bool on_number_part(bj::string_view, bj::error_code&) { return true; }
  bool on_int64(std::int64_t number, bj::string_view, bj::error_code&) {
    return place(Node{number});
  }
  bool on_uint64(std::uint64_t number, bj::string_view, bj::error_code&) {
    return place(Node{static_cast<double>(number)});
  }
  bool on_double(double number, bj::string_view text, bj::error_code& error) {
    // Boost 1.81 rounds loosely; the nearest double is the one that prints back as it was written.
    double exact = 0;
    auto const [end, fault] = std::from_chars(text.data(), text.data() + text.size(), exact);
    if (fault == std::errc{} && end == text.data() + text.size()) number = exact;
    if (!std::isfinite(number)) return refuse("a number is too large", error);
    return place(Node{number + 0.0});  // "-0.0" is 0, as "-0" is
  }
  bool on_bool(bool truth, bj::error_code&) { return place(Node{truth}); }
  bool on_null(bj::error_code&) { return place(Node{nullptr}); }
  bool on_comment_part(bj::string_view, bj::error_code&) { return true; }
  bool on_comment(bj::string_view, bj::error_code&) { return true; }

 private:
  struct Level {
    Node node;
    std::string name;  ///< of the member whose value comes next
  };

  bool open(Node node) {
    open_.push_back({std::move(node), {}});
    return true;
  }
  bool close() {
    auto done = std::move(open_.back().node);
    open_.pop_back();
    return place(std::move(done));
  }
  bool place(Node node) {
    if (open_.empty()) {
      root = std::move(node);
    } else if (auto* const array = std::get_if<Node::Array>(&open_.back().node.content)) {
      array->push_back(std::move(node));
    } else {
      std::get<Node::Object>(open_.back().node.content)
          .push_back({std::move(open_.back().name), std::move(node)});
    }
    return true;
  }
  bool refuse(std::string_view why, bj::error_code& error) {
    refusal = why;
    error = bj::make_error_code(bj::error::exception);
    return false;
  }

  std::vector<Level> open_;
  std::string text_;
};

}  // namespace

Result<Value> Value::parse(std::string_view text) {
  bj::parse_options options;
  options.max_depth = max_depth;
  bj::basic_parser<TreeBuilder> parser(options);
  bj::error_code error;
  auto offset = parser.write_some(false, text.data(), text.size(), error);
  if (!error) {
    offset = std::min(text.find_first_not_of(" \t\r\n", offset), text.size());
    if (offset != text.size()) error = bj::error::extra_data;
  }
  if (error) {
    auto const& refusal = parser.handler().refusal;
    return fail(bad_request(fmt::format("Invalid JSON at byte {}: {}", offset,
                                        refusal.empty() ? error.message() : std::string(refusal)),
                            "INVALID_JSON"));
  }
  return Value{std::make_shared<Node const>(std::move(parser.handler().root))};
}

}  // namespace insighta::json
