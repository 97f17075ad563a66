#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace insighta::unicode {

bool is_ascii(std::string_view text);
bool is_valid_utf8(std::string_view text);
/// Number of code points; the text must be valid.
std::size_t length(std::string_view text);
/// Columns that a terminal gives to the text: 2 for wide characters, 0 for combining ones. The text
/// must be valid and free of control characters.
std::size_t columns(std::string_view text);
/// Neither controls nor marks that nobody sees but that turn or join what stands beside them; of
/// spaces only the plain one. The text must be valid.
bool is_printable(std::string_view text);
/// Without leading and trailing White_Space.
std::string_view trim(std::string_view text);
/// NFC, then full case folding, then NFC again: equal for two spellings of one name.
std::string fold_case(std::string_view text);
/// Case-folded, without accents (NFD and NFC alike), for searching.
std::string fold_accents(std::string_view text);

}  // namespace insighta::unicode
