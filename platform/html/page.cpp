#include "platform/html/page.hpp"

#include "platform/html/level.hpp"

#include <ctemplate/template.h>
#include <ctemplate/template_cache.h>
#include <fmt/format.h>

#include <memory>
#include <set>
#include <stdexcept>
#include <string>
#include <string_view>

namespace insighta::html {

namespace {

constexpr std::string_view pragma = "{{%AUTOESCAPE context=\"HTML\"}}";
constexpr ctemplate::Strip strip = ctemplate::STRIP_WHITESPACE;
constexpr std::size_t usual_size = 32 * 1024;

ctemplate::TemplateString name_of(std::string_view text) {
  return {text.data(), text.size()};
}

/// What auto-escaping cannot see, it must not meet.
void check(EmbeddedTemplate const& source) {
  if (!source.text.starts_with(pragma))
    throw std::runtime_error(
        fmt::format("template {}: its first line must be {}", source.path, pragma));
  if (source.text.find(":none}}") != std::string_view::npos)
    throw std::runtime_error(fmt::format("template {}: a value without escaping", source.path));
}

}  // namespace

Values::Values() : memory_(std::make_unique<Memory>()), level_(memory_->make_level(nullptr)) {}
Values::Values(Level& level) : level_(&level) {}
Values::~Values() = default;
Values::Values(Values&&) noexcept = default;
Values& Values::operator=(Values&&) noexcept = default;

Values& Values::set(std::string_view name, std::string_view value) {
  level_->set(name, value);
  return *this;
}

Values& Values::set(std::string_view name, std::int64_t value) {
  return set(name, std::string_view{std::to_string(value)});
}

Values& Values::show(std::string_view name) {
  level_->show(name);
  return *this;
}

Values& Values::show_if(std::string_view name, bool shown) {
  return shown ? show(name) : *this;
}

Values& Values::add(std::string_view name) {
  return level_->add(name);
}

Values& Values::include(std::string_view name, std::string_view path) {
  return level_->include(name, path);
}

struct Templates::State {
  // ExpandNoLoad is const and takes no lock once the cache is frozen: threads may share it.
  ctemplate::TemplateCache cache;
  std::set<std::string, std::less<>> paths;
};

Templates::Templates(std::span<EmbeddedTemplate const> templates)
    : state_(std::make_unique<State>()) {
  for (auto const& source : templates) {
    check(source);
    if (!state_->paths.emplace(source.path).second)
      throw std::runtime_error(fmt::format("template {} is there twice", source.path));
    if (!state_->cache.StringToTemplateCache(name_of(source.path), name_of(source.text), strip))
      throw std::runtime_error(fmt::format("template {} cannot be parsed", source.path));
  }
  state_->cache.Freeze();
}

Templates::~Templates() = default;

std::string Templates::render(std::string_view path, Values const& values) const {
  if (!state_->paths.contains(path))
    throw std::runtime_error(fmt::format("there is no template {}", path));
  std::string page;
  page.reserve(usual_size);
  if (!state_->cache.ExpandNoLoad(name_of(path), strip, values.level_, nullptr, &page))
    throw std::runtime_error(fmt::format("template {} includes one that does not exist", path));
  return page;
}

std::string escaped(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  for (char const c : text) {
    switch (c) {
      case '&':
        result += "&amp;";
        break;
      case '<':
        result += "&lt;";
        break;
      case '>':
        result += "&gt;";
        break;
      case '"':
        result += "&quot;";
        break;
      case '\'':
        result += "&#39;";
        break;
      default:
        result += c;
    }
  }
  return result;
}

}  // namespace insighta::html
