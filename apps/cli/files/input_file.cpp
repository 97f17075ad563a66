#include "files/input_file.hpp"

#include "files/private_files.hpp"

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace insighta::cli {

namespace {

constexpr std::size_t first_piece = 4096;

ssize_t read_some(int descriptor, char* to, std::size_t space) {
  for (;;) {
    ssize_t const count = ::read(descriptor, to, space);
    if (count >= 0 || errno != EINTR) return count;
  }
}

}  // namespace

Result<InputFile> InputFile::open(std::string const& path) {
  FileDescriptor file(path == "-" ? dup(STDIN_FILENO) : ::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file.is_open()) return fail(system_failure("cannot open " + path));
  struct stat facts{};
  if (fstat(file.get(), &facts) != 0) return fail(system_failure("cannot look at " + path));
  if (S_ISDIR(facts.st_mode)) return fail(local_failure(path + " is a folder"));
  bool const is_whole = S_ISREG(facts.st_mode) && lseek(file.get(), 0, SEEK_CUR) == 0;
  std::optional<std::uint64_t> size;
  if (is_whole) size = static_cast<std::uint64_t>(facts.st_size);
  InputFile input(std::move(file), size);
  input.first_.resize(first_piece);
  ssize_t const count = read_some(input.file_.get(), input.first_.data(), first_piece);
  if (count < 0) return fail(system_failure("cannot read " + path));
  input.first_.resize(static_cast<std::size_t>(count));
  return input;
}

InputFile::InputFile(FileDescriptor file, std::optional<std::uint64_t> size)
    : file_(std::move(file)), size_(size) {}

std::string_view InputFile::content_type() const {
  std::string_view text = first_;
  if (text.starts_with("\xef\xbb\xbf")) text.remove_prefix(3);
  auto const first = text.find_first_not_of(" \t\r\n");
  bool const is_json =
      first != std::string_view::npos && (text[first] == '{' || text[first] == '[');
  return is_json ? "application/json" : "text/csv";
}

transfer::Upload InputFile::upload() {
  return {.read = [this](char* to, std::size_t space) { return read(to, space); },
          .rewind = [this] { return rewind(); },
          .size = size_};
}

std::optional<std::size_t> InputFile::read(char* to, std::size_t space) {
  if (first_sent_ < first_.size()) {
    std::size_t const count = std::min(space, first_.size() - first_sent_);
    std::copy_n(first_.data() + first_sent_, count, to);
    first_sent_ += count;
    return count;
  }
  is_past_first_ = true;
  ssize_t const count = read_some(file_.get(), to, space);
  if (count < 0) return std::nullopt;
  return static_cast<std::size_t>(count);
}

bool InputFile::rewind() {
  if (is_past_first_) {
    auto const position = static_cast<off_t>(first_.size());
    if (lseek(file_.get(), position, SEEK_SET) != position) return false;
  }
  first_sent_ = 0;
  is_past_first_ = false;
  return true;
}

}  // namespace insighta::cli
