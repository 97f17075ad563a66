#pragma once

#include "platform/html/embedded.hpp"

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace insighta::html {

class Level;
class Memory;

/// The values a template is filled with: variables, sections shown or repeated, and included
/// templates, each with values of its own. Variables look outward: a section sees its parent's.
class Values {
 public:
  Values();
  ~Values();
  Values(Values&&) noexcept;
  Values& operator=(Values&&) noexcept;

  Values& set(std::string_view name, std::string_view value);
  Values& set(std::string_view name, std::int64_t value);
  /// Shows {{#name}} once, with the values of this level.
  Values& show(std::string_view name);
  Values& show_if(std::string_view name, bool shown);
  /// Adds one repetition of {{#name}} and gives its values, valid as long as this object.
  Values& add(std::string_view name);
  /// Fills {{>name}} with the template at `path`; the result are its values.
  Values& include(std::string_view name, std::string_view path);

 private:
  friend class Templates;
  friend class Level;
  explicit Values(Level& level);

  std::unique_ptr<Memory> memory_;  ///< of the outermost values only, for all that are inside
  Level* level_;
};

/// Every template of a program, parsed once and then shared by all threads. Escaping follows the
/// context of each variable (HTML text, attribute, URL); a template without the AUTOESCAPE pragma,
/// a duplicate path or a syntax error throws std::runtime_error at start, never at a request.
class Templates {
 public:
  explicit Templates(std::span<EmbeddedTemplate const> templates);
  ~Templates();

  /// Throws std::runtime_error for an unknown path.
  std::string render(std::string_view path, Values const& values) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// `text` for HTML, where no template is used.
std::string escaped(std::string_view text);

}  // namespace insighta::html
