#pragma once

#include "platform/html/page.hpp"

#include <ctemplate/template_dictionary_interface.h>
#include <ctemplate/template_string.h>

#include <cstddef>
#include <memory_resource>
#include <string>
#include <string_view>

namespace insighta::html {

class Level;

/// What a page's values are kept in: grows by blocks and goes as a whole, for a page has thousands
/// of small values that all live as long as it is being made.
class Memory {
 public:
  /// `outer` is where names are looked for that the new level lacks; none for a template's own.
  Level* make_level(Level const* outer);
  std::string_view keep(std::string_view text);
  template <class T, class... Arguments>
  T* make(Arguments&&... arguments) {
    return new (pool_.allocate(sizeof(T), alignof(T))) T{std::forward<Arguments>(arguments)...};
  }

 private:
  std::pmr::monotonic_buffer_resource pool_{16 * 1024};
};

/// The values of one level as ctemplate asks for them. In place of its TemplateDictionary, which
/// notes every name in a table that threads share and every level under a path of its own: that was
/// a third of a page's cost. A level has few names, so they are lists that are walked.
class Level final : public ctemplate::TemplateDictionaryInterface {
 public:
  Level(Memory& memory, Level const* outer) : memory_(memory), outer_(outer), values_(*this) {}

  void set(std::string_view name, std::string_view value);
  void show(std::string_view name);
  Values& add(std::string_view name);
  Values& include(std::string_view name, std::string_view path);

  ctemplate::TemplateString GetValue(ctemplate::TemplateString const& name) const override;
  bool IsHiddenSection(ctemplate::TemplateString const& name) const override;
  bool IsUnhiddenSection(ctemplate::TemplateString const& name) const override;
  bool IsHiddenTemplate(ctemplate::TemplateString const& name) const override;
  char const* GetIncludeTemplateName(ctemplate::TemplateString const& name,
                                     int place) const override;
  Iterator* CreateTemplateIterator(ctemplate::TemplateString const& name) const override;
  Iterator* CreateSectionIterator(ctemplate::TemplateString const& name) const override;
  void DumpToString(std::string* out, int indentation) const override;

 private:
  struct Variable;
  struct Group;
  class Walk;

  Group const* find_section(std::string_view name) const;
  Level& append(Group*& groups, std::string_view name, Level const* outer);

  Memory& memory_;
  Level const* outer_;
  Values values_;                ///< what callers hold of this level
  Level const* next_ = nullptr;  ///< of its group
  std::string_view path_;        ///< of the template that an included level fills; ends with NUL
  Variable* variables_ = nullptr;
  Group* sections_ = nullptr;
  Group* includes_ = nullptr;
};

}  // namespace insighta::html
