#include "files/private_files.hpp"

#include "files/file_descriptor.hpp"
#include "terminal/terminal.hpp"

#include <fmt/format.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>

namespace insighta::cli {

namespace {

constexpr mode_t rights_of_others = 0077;

/// Owner and rights of something that must be ours alone; rights are repaired, an owner is not.
Result<void> check_private(int descriptor, std::string const& name) {
  struct stat facts{};
  if (fstat(descriptor, &facts) != 0) return fail(system_failure("cannot look at " + name));
  if (facts.st_uid != geteuid()) {
    return fail(local_failure(
        fmt::format("{} belongs to another user; remove it or set HOME to your own folder", name)));
  }
  if ((facts.st_mode & rights_of_others) == 0) return {};
  mode_t const repaired = facts.st_mode & 0700U;
  if (fchmod(descriptor, repaired) != 0) return fail(system_failure("cannot protect " + name));
  terminal::warn(fmt::format("{} was open to other users; now it is not", name));
  return {};
}

Error open_failure(std::string const& name) {
  if (errno == ELOOP) {
    return local_failure(name + " is a symbolic link, which is not followed; remove it");
  }
  return system_failure("cannot open " + name);
}

Result<std::string> read_all(int descriptor, std::string const& name) {
  std::string content;
  std::array<char, 8192> piece{};
  for (;;) {
    ssize_t const count = read(descriptor, piece.data(), piece.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return fail(system_failure("cannot read " + name));
    if (count == 0) return content;
    content.append(piece.data(), static_cast<std::size_t>(count));
  }
}

}  // namespace

Error system_failure(std::string_view what) {
  return local_failure(fmt::format("{}: {}", what, std::strerror(errno)));
}

Error local_failure(std::string message) {
  return {.kind = ErrorKind::internal, .code = "LOCAL_FAILURE", .message = std::move(message)};
}

Result<void> write_all(int descriptor, std::string_view bytes, std::string_view name) {
  while (!bytes.empty()) {
    ssize_t const count = write(descriptor, bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return fail(system_failure(fmt::format("cannot write to {}", name)));
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
  return {};
}

Result<void> ensure_private_folder(std::filesystem::path const& folder) {
  if (mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST) {
    return fail(system_failure("cannot make the folder " + folder.string()));
  }
  FileDescriptor const opened(
      open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
  // A link to a folder is reported as "not a directory" here.
  if (!opened.is_open() && errno == ENOTDIR) {
    return fail(local_failure(folder.string() + " is not a folder of its own; remove it"));
  }
  if (!opened.is_open()) return fail(open_failure(folder.string()));
  return check_private(opened.get(), folder.string());
}

Result<std::optional<std::string>> read_private_file(std::filesystem::path const& file) {
  // Not to be held up by a pipe that somebody put there.
  FileDescriptor const opened(open(file.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
  if (!opened.is_open() && errno == ENOENT) return std::nullopt;
  if (!opened.is_open()) return fail(open_failure(file.string()));
  TRY_VOID(check_private(opened.get(), file.string()));
  TRY(std::string content, read_all(opened.get(), file.string()));
  return content;
}

Result<void> replace_private_file(std::filesystem::path const& file, std::string_view content) {
  // A fixed name: what a killed writer leaves behind is overwritten by the next one.
  std::string const fresh = file.string() + ".new";
  unlink(fresh.c_str());
  FileDescriptor const opened(
      open(fresh.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600));
  if (!opened.is_open()) return fail(open_failure(fresh));
  TRY_VOID(write_all(opened.get(), content, fresh));
  if (fsync(opened.get()) != 0) return fail(system_failure("cannot save " + fresh));
  if (rename(fresh.c_str(), file.c_str()) != 0) {
    return fail(system_failure("cannot replace " + file.string()));
  }
  FileDescriptor const folder(open(file.parent_path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (folder.is_open()) fsync(folder.get());
  return {};
}

}  // namespace insighta::cli
