#include "profiles/handlers/report_spool.hpp"

#include <cerrno>
#include <system_error>

namespace insighta::profiles {

namespace {
[[noreturn]] void give_up() {
  throw std::system_error(errno, std::generic_category(), "the report of an import");
}
}  // namespace

ReportSpool::ReportSpool() : file_(std::tmpfile()) {
  if (!file_) give_up();
}

void ReportSpool::write(std::string_view text) {
  if (std::fwrite(text.data(), 1, text.size(), file_.get()) != text.size()) give_up();
}

Task<Result<std::optional<std::string>>> ReportSpool::next() {
  if (!is_reading_ && (std::fflush(file_.get()) != 0 || std::fseek(file_.get(), 0, SEEK_SET) != 0))
    give_up();
  is_reading_ = true;
  std::string piece(64 * 1024, '\0');
  piece.resize(std::fread(piece.data(), 1, piece.size(), file_.get()));
  if (std::ferror(file_.get()) != 0) give_up();
  if (piece.empty()) co_return std::nullopt;
  co_return std::optional(std::move(piece));
}

}  // namespace insighta::profiles
