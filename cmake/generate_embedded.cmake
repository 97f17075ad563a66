# Run by add_embedded at build time: INPUT -> OUTPUT.
file(READ ${INPUT} text)
file(WRITE ${OUTPUT} "#include <string_view>

// Longer than other compilers promise to take; ours does.
#pragma clang diagnostic ignored \"-Woverlength-strings\"

namespace insighta::embedded {

std::string_view ${NAME}();

std::string_view ${NAME}() {
  return R\"embedded(${text})embedded\";
}

}  // namespace insighta::embedded
")
