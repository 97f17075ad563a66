#pragma once

#include "files/file_descriptor.hpp"
#include "platform/outcome/result.hpp"
#include "platform/transfer/transfer.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace insighta::cli {

/// A file that is sent while it is read; `-` is standard input.
class InputFile {
 public:
  static Result<InputFile> open(std::string const& path);

  /// Known for regular files only.
  std::optional<std::uint64_t> size() const { return size_; }
  /// By its first sign: '{' or '[' begins JSON, anything else CSV.
  std::string_view content_type() const;
  /// Reads through this object, which must outlive it.
  transfer::Upload upload();

 private:
  InputFile(FileDescriptor file, std::optional<std::uint64_t> size);

  std::optional<std::size_t> read(char* to, std::size_t space);
  bool rewind();

  FileDescriptor file_;
  std::optional<std::uint64_t> size_;
  std::string first_;  ///< the first piece, read to learn what the file is
  std::size_t first_sent_ = 0;
  bool is_past_first_ = false;
};

}  // namespace insighta::cli
