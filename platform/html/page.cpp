#include "platform/html/page.hpp"

#include <ctemplate/template.h>
#include <ctemplate/template_cache.h>
#include <ctemplate/template_dictionary.h>
#include <fmt/format.h>

#include <deque>
#include <memory>
#include <set>
#include <stdexcept>
#include <string>
#include <string_view>

namespace insighta::html {

namespace {

constexpr std::string_view pragma = "{{%AUTOESCAPE context=\"HTML\"}}";
constexpr ctemplate::Strip strip = ctemplate::STRIP_WHITESPACE;

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

struct Values::State {
  std::unique_ptr<ctemplate::TemplateDictionary> owned;  ///< of the outermost values only
  ctemplate::TemplateDictionary* dictionary;
  std::deque<Values> inner;
};

Values::Values() {
  auto owned = std::make_unique<ctemplate::TemplateDictionary>("page");
  auto* const dictionary = owned.get();
  state_ = std::make_unique<State>(std::move(owned), dictionary);
}

Values::Values(std::unique_ptr<State> state) : state_(std::move(state)) {}
Values::~Values() = default;
Values::Values(Values&&) noexcept = default;
Values& Values::operator=(Values&&) noexcept = default;

Values& Values::set(std::string_view name, std::string_view value) {
  state_->dictionary->SetValue(name_of(name), name_of(value));
  return *this;
}

Values& Values::set(std::string_view name, std::int64_t value) {
  return set(name, std::string_view{std::to_string(value)});
}

Values& Values::show(std::string_view name) {
  state_->dictionary->ShowSection(name_of(name));
  return *this;
}

Values& Values::show_if(std::string_view name, bool shown) {
  return shown ? show(name) : *this;
}

Values& Values::add(std::string_view name) {
  auto* const inner = state_->dictionary->AddSectionDictionary(name_of(name));
  return state_->inner.emplace_back(Values{std::make_unique<State>(nullptr, inner)});
}

Values& Values::include(std::string_view name, std::string_view path) {
  auto* const inner = state_->dictionary->AddIncludeDictionary(name_of(name));
  inner->SetFilename(name_of(path));
  return state_->inner.emplace_back(Values{std::make_unique<State>(nullptr, inner)});
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
  if (!state_->cache.ExpandNoLoad(name_of(path), strip, values.state_->dictionary, nullptr, &page))
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
