#include "platform/html/level.hpp"

#include <algorithm>

namespace insighta::html {

using ctemplate::TemplateString;

namespace {

std::string_view view_of(TemplateString const& text) {
  return {text.data(), text.size()};
}

template <class T>
T* find_named(T* first, std::string_view name) {
  while (first != nullptr && first->name != name) first = first->next;
  return first;
}

}  // namespace

struct Level::Variable {
  std::string_view name;
  std::string_view value;
  Variable* next;
};

/// Levels under one name, in the order in which they were added.
struct Level::Group {
  std::string_view name;
  Group* next;
  Level* first = nullptr;
  Level* last = nullptr;
};

class Level::Walk final : public Iterator {
 public:
  explicit Walk(Level const* first) : next_(first) {}
  bool HasNext() const override { return next_ != nullptr; }
  TemplateDictionaryInterface const& Next() override {
    auto const& here = *next_;
    next_ = here.next_;
    return here;
  }

 private:
  Level const* next_;
};

Level* Memory::make_level(Level const* outer) {
  return new (pool_.allocate(sizeof(Level), alignof(Level))) Level(*this, outer);
}

std::string_view Memory::keep(std::string_view text) {
  auto* const copy = static_cast<char*>(pool_.allocate(text.size() + 1, 1));
  *std::ranges::copy(text, copy).out = '\0';
  return {copy, text.size()};
}

void Level::set(std::string_view name, std::string_view value) {
  auto const kept = memory_.keep(value);
  if (auto* const known = find_named(variables_, name))
    known->value = kept;
  else
    variables_ = memory_.make<Variable>(memory_.keep(name), kept, variables_);
}

void Level::show(std::string_view name) {
  if (find_named(sections_, name) == nullptr) append(sections_, name, this);
}

Values& Level::add(std::string_view name) {
  return append(sections_, name, this).values_;
}

Values& Level::include(std::string_view name, std::string_view path) {
  auto& level = append(includes_, name, nullptr);
  level.path_ = memory_.keep(path);
  return level.values_;
}

Level& Level::append(Group*& groups, std::string_view name, Level const* outer) {
  auto* const level = memory_.make_level(outer);
  auto* group = find_named(groups, name);
  if (group == nullptr)
    groups = group = memory_.make<Group>(memory_.keep(name), groups, level, level);
  else
    group->last->next_ = level;
  group->last = level;
  return *level;
}

TemplateString Level::GetValue(TemplateString const& name) const {
  auto const wanted = view_of(name);
  for (auto const* level = this; level != nullptr; level = level->outer_)
    if (auto const* const variable = find_named(level->variables_, wanted))
      return {variable->value.data(), variable->value.size()};
  return {"", 0};
}

Level::Group const* Level::find_section(std::string_view name) const {
  for (auto const* level = this; level != nullptr; level = level->outer_)
    if (auto const* const group = find_named(level->sections_, name)) return group;
  return nullptr;
}

bool Level::IsHiddenSection(TemplateString const& name) const {
  return find_section(view_of(name)) == nullptr;
}

bool Level::IsUnhiddenSection(TemplateString const& name) const {
  return !IsHiddenSection(name);
}

bool Level::IsHiddenTemplate(TemplateString const& name) const {
  return find_named(includes_, view_of(name)) == nullptr;
}

char const* Level::GetIncludeTemplateName(TemplateString const& name, int place) const {
  auto const* level = static_cast<Level const*>(find_named(includes_, view_of(name))->first);
  while (place-- > 0) level = level->next_;
  return level->path_.data();
}

Level::Iterator* Level::CreateTemplateIterator(TemplateString const& name) const {
  return new Walk(find_named(includes_, view_of(name))->first);
}

Level::Iterator* Level::CreateSectionIterator(TemplateString const& name) const {
  return new Walk(find_section(view_of(name))->first);
}

/// Only what ctemplate would print to find a fault.
void Level::DumpToString(std::string* out, int indentation) const {
  for (auto const* variable = variables_; variable != nullptr; variable = variable->next)
    out->append(static_cast<std::size_t>(indentation), ' ')
        .append(variable->name)
        .append("=")
        .append(variable->value)
        .append("\n");
}

}  // namespace insighta::html
