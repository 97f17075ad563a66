#pragma once

#include <string>

namespace insighta::cli {

/// Whether a browser on this computer can reach the person: a display, and not over SSH.
bool has_browser();

/// Opens the address in the person's browser and does not wait for it.
void open_browser(std::string const& url);

}  // namespace insighta::cli
