#include "commands/commands.hpp"
#include "files/input_file.hpp"
#include "files/interruption.hpp"
#include "files/output_file.hpp"
#include "files/private_files.hpp"
#include "platform/json/value.hpp"
#include "terminal/csv.hpp"
#include "terminal/progress_bar.hpp"
#include "terminal/table.hpp"
#include "terminal/terminal.hpp"
#include "terminal/visible_text.hpp"

#include <memory>
#include <optional>
#include <string>
#include <unistd.h>

namespace insighta::cli::commands {

namespace {

struct Import {
  std::string file;
  std::optional<std::string> report;
};

/// Writes the skipped rows to a file as they come and keeps the last line, which is the summary.
class Report {
 public:
  explicit Report(OutputFile file) : file_(std::move(file)) {}

  bool take(std::string_view piece) {
    line_ += piece;
    auto const end = line_.rfind('\n');
    // The last whole line is held back: it may be the summary.
    auto const before =
        end == std::string::npos || end == 0 ? std::string::npos : line_.rfind('\n', end - 1);
    if (before == std::string::npos) return true;
    written_ = file_.write(std::string_view{line_}.substr(0, before + 1));
    line_.erase(0, before + 1);
    return written_.has_value();
  }

  Result<void> const& written() const { return written_; }

  /// The summary's JSON text, once everything has come.
  Result<std::string> finish() {
    TRY_VOID(file_.write(line_));
    TRY_VOID(file_.finish());
    auto const document = json::Value::parse(line_);
    auto const summary = document ? document->find("summary") : std::nullopt;
    if (!summary) return fail(bad_upstream("the server's report ends without its summary"));
    return summary->to_string();
  }

 private:
  OutputFile file_;
  std::string line_;
  Result<void> written_;
};

std::string number_text(json::Value const& object, std::string_view name) {
  auto const value = object.find(name);
  return value ? value->to_string() : "-";
}

Result<void> print_summary(Program const& program, std::string const& json) {
  if (program.output == Output::json) return terminal::print(visible_json(json) + "\n");
  TRY(auto const summary, json::Value::parse(json));
  std::vector<std::pair<std::string, std::string>> lines{
      {"Rows", number_text(summary, "total_rows")},
      {"Inserted", number_text(summary, "inserted")},
      {"Skipped", number_text(summary, "skipped")}};
  std::string csv = csv_line({"outcome", "rows"}) + csv_line({"total_rows", lines[0].second}) +
                    csv_line({"inserted", lines[1].second}) +
                    csv_line({"skipped", lines[2].second});
  if (auto const reasons = summary.find("reasons")) {
    for (auto const& [reason, count] : reasons->members()) {
      lines.emplace_back("  " + visible(reason), count.to_string());
      csv += csv_line({std::string{reason}, count.to_string()});
    }
  }
  if (program.output == Output::csv) return terminal::print(csv);
  return terminal::print(facts(lines, terminal::may_style(STDOUT_FILENO)));
}

/// Sends the file; gives the answer's JSON, or with a report its summary.
Result<std::string> send(Connection& connection, InputFile& input, Report* report) {
  ProgressBar bar("Importing", Unit::bytes, input.size());
  transfer::Upload const upload = input.upload();
  transfer::Call call{
      .method = "POST",
      .url = report == nullptr ? "/api/v1/profiles/import" : "/api/v1/profiles/import?report=rows",
      .headers = {{"Content-Type", std::string{input.content_type()}}},
      .upload = &upload,
      .on_progress =
          [&](transfer::Progress progress) {
            bool const is_sent = input.size() && progress.sent >= *input.size();
            is_sent ? bar.wait_for("sent, the server is storing the last rows")
                    : bar.update(progress.sent);
            return !Interruption::is_wanted();
          },
      .deadline = std::chrono::seconds{0}};
  if (report != nullptr) call.on_body = [&](std::string_view piece) { return report->take(piece); };
  TRY(auto answer, connection.api().send(std::move(call)));
  return report == nullptr ? std::move(answer.body) : report->finish();
}

Result<void> run(Program const& program, Import const& import) {
  Interruption const interruption;
  TRY(InputFile input, InputFile::open(import.file));
  std::optional<Report> report;
  if (import.report) {
    TRY(OutputFile file, OutputFile::create(*import.report));
    report.emplace(std::move(file));
  }
  TRY(auto const connection, Connection::make(program));
  auto const summary = send(*connection, input, report ? &*report : nullptr);
  if (summary) return print_summary(program, *summary);
  if (summary.error().code != "GAVE_UP") return fail(summary.error());
  if (report && !report->written()) return report->written();
  return fail(local_failure("the import was broken off; the rows stored by then stay"));
}

}  // namespace

void add_profiles_import(CLI::App& profiles, Program& program) {
  auto* const command =
      profiles.add_subcommand("import", "Add the profiles of a CSV file, or of JSON");
  auto const import = std::make_shared<Import>();
  command->add_option("file", import->file, "The file; - reads standard input")->required();
  command->add_option_function<std::string>(
      "--report", [import](std::string const& path) { import->report = path; },
      "Write every skipped row to this file, a JSON line each");
  command->callback([&program, import] {
    program.chosen = [&program, import] { return run(program, *import); };
  });
}

}  // namespace insighta::cli::commands
