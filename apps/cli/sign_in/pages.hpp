#pragma once

#include <string>
#include <string_view>

/// Whole HTTP responses of the listener.
namespace insighta::cli::pages {

std::string plain(int status, std::string_view text);
std::string redirect_to_done();
/// The page a person sees at the end, both when it worked and when not.
std::string success();
std::string failure(std::string_view reason);

}  // namespace insighta::cli::pages
