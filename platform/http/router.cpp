#include "platform/http/router.hpp"

#include "platform/outcome/ensure.hpp"

#include <algorithm>
#include <array>
#include <map>

namespace insighta::http {

namespace {

constexpr std::string_view version_mount = "/api/v1";
constexpr std::string_view plain_mount = "/api";
constexpr std::size_t method_count = 8;

/// One endpoint: its handlers by method, and what is said before them.
struct Leaf {
  std::string pattern;             ///< with /api/v1 in front inside the API
  std::vector<std::string> names;  ///< of the {parameters}, in order
  std::array<Handler, method_count> handlers;
  bool is_api = false;
  bool needs_version = false;
};

/// A segment of the tree of paths.
struct Node {
  std::map<std::string, std::unique_ptr<Node>, std::less<>> literals;
  std::unique_ptr<Node> parameter;
  std::unique_ptr<Leaf> leaf;
};

std::string_view next_segment(std::string_view& rest) {
  rest.remove_prefix(1);
  auto const segment = rest.substr(0, rest.find('/'));
  rest.remove_prefix(segment.size());
  return segment;
}

/// Walks down; a literal wins, and where its branch leads nowhere the {name} is tried.
Leaf const* find_leaf(Node const& node, std::string_view rest,
                      std::vector<std::string_view>& segments) {
  if (rest.empty()) return node.leaf.get();
  auto const segment = next_segment(rest);
  if (auto const it = node.literals.find(segment); it != node.literals.end())
    if (auto const* leaf = find_leaf(*it->second, rest, segments)) return leaf;
  if (!node.parameter || segment.empty()) return nullptr;
  segments.push_back(segment);
  if (auto const* leaf = find_leaf(*node.parameter, rest, segments)) return leaf;
  segments.pop_back();
  return nullptr;
}

Handler const& handler_of(Leaf const& leaf, Method method) {
  auto const& own = leaf.handlers[static_cast<std::size_t>(method)];
  if (own || method != Method::head) return own;
  return leaf.handlers[static_cast<std::size_t>(Method::get)];
}

std::string allowed_methods(Leaf const& leaf) {
  std::string text;
  for (std::size_t i = 0; i < method_count; ++i) {
    auto const method = static_cast<Method>(i);
    if (method == Method::other || (method != Method::options && !handler_of(leaf, method)))
      continue;
    if (!text.empty()) text += ", ";
    text += to_string(method);
  }
  return text;
}

Response preflight(Leaf const& leaf) {
  auto response = no_content();
  auto methods = allowed_methods(leaf);
  if (leaf.is_api) {
    allow_any_origin(response);
    response.headers.add("Access-Control-Allow-Methods", methods)
        .add("Access-Control-Allow-Headers",
             "Authorization, Content-Type, X-API-Version, Idempotency-Key, If-Match")
        .add("Access-Control-Max-Age", "86400");
  }
  response.headers.add("Allow", std::move(methods));
  return response;
}

Response method_not_allowed(Leaf const& leaf, Request const& request) {
  auto response =
      error_response(Error{ErrorKind::method_not_allowed, "METHOD_NOT_ALLOWED",
                           "This path does not answer " + std::string{to_string(request.method)}},
                     request);
  response.headers.set("Allow", allowed_methods(leaf));
  return response;
}

bool is_below(std::string_view path, std::string_view mount) {
  return path.starts_with(mount) && (path.size() == mount.size() || path[mount.size()] == '/');
}

/// `/api/X` is `/api/v1/X` with the version in a header.
std::string canonical_path(std::string_view path, std::string_view& mount) {
  if (is_below(path, version_mount)) {
    mount = version_mount;
    return std::string{path};
  }
  if (is_below(path, plain_mount)) {
    mount = plain_mount;
    return std::string{version_mount} + std::string{path.substr(plain_mount.size())};
  }
  mount = "";
  return std::string{path};
}

}  // namespace

struct Router::State {
  Node root;

  void add(std::string pattern, Route route, bool is_api, bool needs_version) {
    auto* node = &root;
    std::vector<std::string> names;
    for (std::string_view rest = pattern; !rest.empty();) {
      auto const segment = next_segment(rest);
      if (segment.starts_with('{') && segment.ends_with('}')) {
        names.emplace_back(segment.substr(1, segment.size() - 2));
        if (!node->parameter) node->parameter = std::make_unique<Node>();
        node = node->parameter.get();
      } else {
        auto& child = node->literals[std::string{segment}];
        if (!child) child = std::make_unique<Node>();
        node = child.get();
      }
    }
    if (!node->leaf)
      node->leaf = std::make_unique<Leaf>(
          Leaf{std::move(pattern), std::move(names), {}, is_api, needs_version});
    auto& handler = node->leaf->handlers[static_cast<std::size_t>(route.method)];
    ensure(!handler, "a route is there twice: " + node->leaf->pattern);
    handler = std::move(route.handler);
  }
};

Router::Router() : state_(std::make_unique<State>()) {}
Router::~Router() = default;

void Router::add(Route route) {
  std::string pattern{route.pattern};
  state_->add(std::move(pattern), std::move(route), false, false);
}

void Router::add_api(Route route, bool needs_version) {
  auto pattern = std::string{version_mount} + std::string{route.pattern};
  state_->add(std::move(pattern), std::move(route), true, needs_version);
}

Task<Response> Router::handle(Request& request) const {
  auto const path = canonical_path(request.path, request.mount);
  std::vector<std::string_view> segments;
  auto const* leaf = find_leaf(state_->root, path, segments);
  if (leaf != nullptr) request.route = leaf->pattern;
  if (leaf != nullptr && request.method == Method::options) co_return preflight(*leaf);
  if (request.mount == plain_mount && (leaf == nullptr || leaf->needs_version) &&
      request.header("X-API-Version") != "1")
    co_return error_response(bad_request("API version header required", "API_VERSION_REQUIRED"),
                             request);
  if (leaf == nullptr)
    co_return error_response(not_found("There is nothing at this path"), request);
  auto const& handler = handler_of(*leaf, request.method);
  if (!handler) co_return method_not_allowed(*leaf, request);
  for (std::size_t i = 0; i < segments.size(); ++i) {
    auto value = decode_segment(segments[i]);
    if (!value)
      co_return error_response(bad_request("The path is not well-formed UTF-8", "INVALID_PATH"),
                               request);
    request.parameters.emplace_back(leaf->names[i], *std::move(value));
  }
  auto response = co_await handler(request);
  if (!leaf->is_api) co_return response;
  allow_any_origin(response);
  if (response.headers.has("ETag")) response.headers.set("Access-Control-Expose-Headers", "ETag");
  co_return response;
}

std::vector<Router::Listing> Router::listing() const {
  std::vector<Listing> list;
  auto const visit = [&list](auto const& self, Node const& node) -> void {
    if (node.leaf)
      for (std::size_t i = 0; i < method_count; ++i)
        if (node.leaf->handlers[i]) list.push_back({static_cast<Method>(i), node.leaf->pattern});
    for (auto const& [name, child] : node.literals) self(self, *child);
    if (node.parameter) self(self, *node.parameter);
  };
  visit(visit, state_->root);
  return list;
}

}  // namespace insighta::http
