#include "imports/import_report.hpp"

#include "backend/answers.hpp"
#include "imports/import_store.hpp"
#include "platform/json/value.hpp"

#include <fmt/format.h>

namespace insighta::portal {

namespace {

constexpr std::size_t piece_bytes = 256 << 10;

}  // namespace

Task<void> ImportReport::take(std::string piece) {
  std::string_view rest = piece;
  for (auto end = rest.find('\n'); end != std::string_view::npos; end = rest.find('\n')) {
    line_ += rest.substr(0, end);
    rest.remove_prefix(end + 1);
    take_line(line_);
    line_.clear();
    if (csv_.size() >= piece_bytes) co_await store_piece();
  }
  line_ += rest;
}

Task<void> ImportReport::finish() {
  if (!line_.empty()) take_line(line_);
  line_.clear();
  if (!csv_.empty()) co_await store_piece();
}

void ImportReport::take_line(std::string_view line) {
  auto const row = json::Value::parse(line);
  if (!row) return;
  if (auto const summary = row->find("summary")) {
    summary_ = summary->to_string();
    return;
  }
  ++rejected_rows_;
  // Words of a closed list and a number: nothing to quote.
  csv_ += fmt::format("{},{},{}\r\n", integer_of(*row, "line"), text_of(*row, "reason"),
                      text_of(*row, "field"));
}

Task<void> ImportReport::store_piece() {
  co_await store_.add_report_piece(import_id_, pieces_++, std::move(csv_));
  csv_.clear();
}

}  // namespace insighta::portal
