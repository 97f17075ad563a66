#pragma once

#include "platform/outcome/result.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace insighta::cli {

/// A failure on this computer (exit code 1), with the reason of `errno`.
Error system_failure(std::string_view what);
/// The same in words of our own.
Error local_failure(std::string message);

Result<void> write_all(int descriptor, std::string_view bytes, std::string_view name);

/// Makes the folder with mode 0700 if need be. Refuses a symbolic link and a folder of somebody
/// else; takes rights away from others and warns.
Result<void> ensure_private_folder(std::filesystem::path const& folder);

/// The whole file; nothing when there is none. Refuses and repairs as above (mode 0600).
Result<std::optional<std::string>> read_private_file(std::filesystem::path const& file);

/// Replaces the file so that a reader, or a crash at any moment, sees the old or the new content
/// and nothing between; mode 0600. Two writers of one file must exclude each other.
Result<void> replace_private_file(std::filesystem::path const& file, std::string_view content);

}  // namespace insighta::cli
