#include "imports/imports.hpp"

#include "backend/api_client.hpp"
#include "imports/import_report.hpp"
#include "platform/async/event_loop.hpp"
#include "platform/log/log.hpp"
#include "platform/postgres/failure.hpp"

namespace insighta::portal {

namespace {

using namespace std::chrono_literals;

/// The API may store rows for long without a word.
constexpr std::chrono::milliseconds silence = 30min;

/// The body of the browser's request, counted on its way.
class CountedUpload final : public http::BodyStream {
 public:
  CountedUpload(http::BodyStream& body, std::shared_ptr<ImportState> state)
      : body_(body), state_(std::move(state)) {}

  Task<Result<std::optional<std::string>>> next() override {
    auto piece = co_await body_.next();
    if (!piece) {
      has_broken_ = true;
    } else if (!*piece) {
      state_->phase = "storing";
    } else {
      if (state_->bytes_received == 0) note_file_name(**piece);
      state_->bytes_received += static_cast<std::int64_t>((*piece)->size());
    }
    co_return piece;
  }
  std::optional<std::uint64_t> length() const override { return body_.length(); }
  bool has_broken() const { return has_broken_; }

 private:
  /// For people only: the name stands at the head of the first part.
  void note_file_name(std::string_view head) {
    constexpr std::string_view mark = "filename=\"";
    auto const at = head.substr(0, 2'000).find(mark);
    if (at == std::string_view::npos) return;
    auto const name = head.substr(at + mark.size());
    state_->file_name = name.substr(0, std::min<std::size_t>(200, name.find('"')));
  }

  http::BodyStream& body_;
  // Shared with the task that writes the progress down.
  std::shared_ptr<ImportState> state_;
  bool has_broken_ = false;
};

Task<void> write_down(EventLoop& loop, ImportStore& store, Uuid id,
                      std::shared_ptr<ImportState> state) {
  while (true) {
    co_await loop.sleep_for(1s);
    if (!state->is_running()) co_return;
    try {
      co_await store.update(id, *state);
    } catch (postgres::Unavailable const& away) {
      log::warning("import progress not written", {{"reason", away.what()}});
    }
  }
}

void fail_import(ImportState& state, std::string reason) {
  state.phase = "failed";
  state.failure = std::move(reason);
}

}  // namespace

Task<void> Imports::run(http::Request& request, Uuid id, Uuid user_id, std::string token) {
  auto const expected = request.content_length
                            ? std::optional{static_cast<std::int64_t>(*request.content_length)}
                            : std::nullopt;
  if (!co_await store_.insert(id, user_id, expected, clock_.now())) co_return;
  auto const state = std::make_shared<ImportState>();
  state->phase = "receiving";
  loop_.spawn(write_down(loop_, store_, id, state));
  std::exception_ptr failure;
  try {
    co_await pass_on(request, id, std::move(token), state);
  } catch (...) {
    failure = std::current_exception();
    fail_import(*state, "The portal could not go on.");
  }
  co_await store_.finish(id, *state);
  if (failure) std::rethrow_exception(failure);
}

Task<void> Imports::pass_on(http::Request& request, Uuid id, std::string token,
                            std::shared_ptr<ImportState> state) {
  CountedUpload upload{*request.body, state};
  http::ClientRequest passed_on;
  passed_on.method = http::Method::post;
  passed_on.url = api_.url("/api/v1/profiles/import?report=rows");
  passed_on.headers.set("Content-Type", std::string{request.header("Content-Type")});
  passed_on.upload = &upload;
  passed_on.timeout = silence;
  auto answer = co_await api_.open(std::move(passed_on), std::move(token));
  if (!answer) {
    fail_import(*state, upload.has_broken() ? "The connection of this browser broke off."
                                            : "The API is away.");
    co_return;
  }
  if (answer->status != 200) {
    auto const error = co_await api_.failure_of(std::move(*answer));
    fail_import(*state, error.message);
    co_return;
  }
  ImportReport report{store_, id};
  while (true) {
    auto piece = co_await answer->body->next();
    if (!piece || !*piece) break;
    co_await report.take(std::move(**piece));
    state->rejected_rows = report.rejected_rows();
  }
  co_await report.finish();
  state->rejected_rows = report.rejected_rows();
  if (report.summary().empty()) {
    fail_import(*state, "The connection broke off.");
    co_return;
  }
  state->summary = report.summary();
  state->phase = "done";
}

}  // namespace insighta::portal
