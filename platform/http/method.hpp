#pragma once

#include <string_view>

namespace insighta::http {

enum class Method { get, head, post, put, patch, del, options, other };

std::string_view to_string(Method method);

}  // namespace insighta::http
