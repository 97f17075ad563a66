#include "files/output_file.hpp"

#include "files/private_files.hpp"

#include <cstdlib>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace insighta::cli {

namespace {

bool is_standard_output(std::string const& path) {
  return path.empty() || path == "-";
}

/// A pipe, a terminal, /dev/null: nothing that could be replaced by a new file.
bool is_special(std::string const& path) {
  struct stat facts{};
  return stat(path.c_str(), &facts) == 0 && !S_ISREG(facts.st_mode);
}

/// What a new file of this process would get.
mode_t usual_mode() {
  mode_t const mask = umask(0);
  umask(mask);
  return 0666U & ~mask;
}

}  // namespace

Result<OutputFile> OutputFile::create(std::string path) {
  if (is_standard_output(path)) {
    return OutputFile(FileDescriptor(dup(STDOUT_FILENO)), "standard output", "");
  }
  if (is_special(path)) {
    FileDescriptor file(open(path.c_str(), O_WRONLY | O_CLOEXEC));
    if (!file.is_open()) return fail(system_failure("cannot write to " + path));
    return OutputFile(std::move(file), std::move(path), "");
  }
  std::string unfinished = path + ".XXXXXX";
  FileDescriptor file(mkostemp(unfinished.data(), O_CLOEXEC));
  if (!file.is_open()) return fail(system_failure("cannot write to " + path));
  fchmod(file.get(), usual_mode());
  return OutputFile(std::move(file), std::move(path), std::move(unfinished));
}

OutputFile::OutputFile(FileDescriptor file, std::string path, std::string unfinished)
    : file_(std::move(file)), path_(std::move(path)), unfinished_(std::move(unfinished)) {}

OutputFile::~OutputFile() {
  if (file_.is_open() && !unfinished_.empty()) unlink(unfinished_.c_str());
}

Result<void> OutputFile::write(std::string_view bytes) {
  return write_all(file_.get(), bytes, path_);
}

Result<void> OutputFile::finish() {
  if (unfinished_.empty()) return {};
  if (rename(unfinished_.c_str(), path_.c_str()) != 0) {
    return fail(system_failure("cannot write to " + path_));
  }
  unfinished_.clear();
  return {};
}

}  // namespace insighta::cli
