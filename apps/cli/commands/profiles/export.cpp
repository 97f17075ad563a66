#include "commands/commands.hpp"
#include "commands/profiles/query_flags.hpp"
#include "files/interruption.hpp"
#include "files/output_file.hpp"
#include "files/private_files.hpp"
#include "platform/json/value.hpp"
#include "terminal/progress_bar.hpp"
#include "terminal/terminal.hpp"
#include "terminal/visible_text.hpp"

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <unistd.h>

namespace insighta::cli::commands {

namespace {

struct Export {
  std::string format = "csv";
  std::string file;
  QueryFlags flags;
};

/// How many rows will come, asked only when somebody watches the bar.
std::optional<std::uint64_t> row_count(Connection& connection, Parameters parameters) {
  if (!terminal::is_terminal(STDERR_FILENO)) return std::nullopt;
  parameters.emplace_back("limit", "1");
  auto const answer = connection.api().send({.url = with_query("/api/v1/profiles", parameters)});
  auto const document =
      answer ? json::Value::parse(answer->body) : Result<json::Value>{fail(answer.error())};
  auto const total = document ? document->find("total") : std::nullopt;
  auto const count = total ? total->as_integer() : std::nullopt;
  if (!count || *count < 0) return std::nullopt;
  return static_cast<std::uint64_t>(*count);
}

/// Takes the stream to the file; what goes to a terminal is made visible line by line.
class Sink {
 public:
  Sink(OutputFile file, bool is_for_terminal)
      : file_(std::move(file)), is_for_terminal_(is_for_terminal) {}

  bool take(std::string_view piece) {
    rows_ += static_cast<std::uint64_t>(std::ranges::count(piece, '\n'));
    written_ = is_for_terminal_ ? show(piece) : file_.write(piece);
    return written_.has_value();
  }

  std::uint64_t rows() const { return rows_; }
  Result<void> const& written() const { return written_; }
  Result<void> finish() { return file_.finish(); }

 private:
  Result<void> show(std::string_view piece) {
    for (auto end = piece.find('\n'); end != std::string_view::npos; end = piece.find('\n')) {
      line_ += piece.substr(0, end);
      bool const has_return = line_.ends_with('\r');
      if (has_return) line_.pop_back();
      TRY_VOID(file_.write(visible(line_) + "\n"));
      line_.clear();
      piece.remove_prefix(end + 1);
    }
    line_ += piece;
    return {};
  }

  OutputFile file_;
  bool is_for_terminal_;
  std::string line_;
  std::uint64_t rows_ = 0;
  Result<void> written_;
};

Result<void> run(Export const& wanted, Program const& program) {
  Interruption const interruption;
  bool const is_for_terminal =
      (wanted.file.empty() || wanted.file == "-") && terminal::is_terminal(STDOUT_FILENO);
  Parameters const filters = wanted.flags.parameters();
  Parameters parameters{{"format", wanted.format}};
  parameters.insert(parameters.end(), filters.begin(), filters.end());
  TRY(auto const connection, Connection::make(program));
  TRY(OutputFile file, OutputFile::create(wanted.file));
  Sink sink(std::move(file), is_for_terminal);
  std::optional<ProgressBar> bar;
  if (!is_for_terminal) {
    bar.emplace("Exporting", Unit::rows, row_count(*connection, filters));
  }
  auto const answer =
      connection->api().send({.url = with_query("/api/v1/profiles/export", parameters),
                              .on_body = [&](std::string_view piece) { return sink.take(piece); },
                              .on_progress =
                                  [&](transfer::Progress) {
                                    if (bar) bar->update(sink.rows());
                                    return !Interruption::is_wanted();
                                  },
                              .deadline = std::chrono::seconds{0}});
  bar.reset();
  if (answer) return sink.finish();
  if (answer.error().code != "GAVE_UP") return fail(answer.error());
  if (!sink.written()) return sink.written();
  return fail(local_failure("the export was broken off"));
}

}  // namespace

void add_profiles_export(CLI::App& profiles, Program& program) {
  auto* const command =
      profiles.add_subcommand("export", "Write all profiles that match as CSV or NDJSON");
  auto const wanted = std::make_shared<Export>();
  command->add_option("--format", wanted->format, "csv (default) or ndjson");
  command->add_option("--file", wanted->file, "Where to; without it, or as -, standard output");
  wanted->flags.add_filters(*command);
  wanted->flags.add_order(*command);
  command->callback([&program, wanted] {
    program.chosen = [&program, wanted] { return run(*wanted, program); };
  });
}

}  // namespace insighta::cli::commands
