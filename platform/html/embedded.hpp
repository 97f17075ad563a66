#pragma once

#include <span>
#include <string_view>

namespace insighta::html {

/// A template compiled into the program; `path` is what {{>include}} and render() name.
struct EmbeddedTemplate {
  std::string_view path;
  std::string_view text;
};

}  // namespace insighta::html
