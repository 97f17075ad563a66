#pragma once

#include "files/file_descriptor.hpp"
#include "platform/outcome/result.hpp"

#include <string>
#include <string_view>

namespace insighta::cli {

/// A file that appears under its name when it is whole; until then, and for good when it is given
/// up, whatever was there stays. Devices and pipes are written as they are. The empty path and `-`
/// are standard output.
class OutputFile {
 public:
  static Result<OutputFile> create(std::string path);
  OutputFile(OutputFile&& other) noexcept = default;
  ~OutputFile();

  Result<void> write(std::string_view bytes);
  /// Saves it under its name.
  Result<void> finish();

 private:
  OutputFile(FileDescriptor file, std::string path, std::string unfinished);

  FileDescriptor file_;
  std::string path_;
  std::string unfinished_;  ///< the name until it is whole; empty when it has none of its own
};

}  // namespace insighta::cli
