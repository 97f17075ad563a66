#include "imports/imports.hpp"
#include "layout/view.hpp"
#include "pages/pages.hpp"
#include "site/links.hpp"
#include "site/wording.hpp"

#include <fmt/format.h>

namespace insighta::portal {

namespace {

constexpr int most_rows_shown = 200;
constexpr std::string_view report_header = "line,reason,field\r\n";

std::string reason_in_words(std::string_view reason) {
  static constexpr std::pair<std::string_view, std::string_view> words[] = {
      {"duplicate_name", "Name is already there"},
      {"invalid_age", "Age is not 0 to 120"},
      {"invalid_gender", "Gender is not male or female"},
      {"invalid_country", "Country code is unknown"},
      {"invalid_probability", "Probability is not 0 to 1"},
      {"missing_fields", "A required cell is empty"},
      {"malformed_row", "Row cannot be read"},
      {"broken_encoding", "Text is not UTF-8"},
  };
  for (auto const& [name, text] : words)
    if (name == reason) return std::string{text};
  return std::string{reason};
}

Task<Result<http::Response>> show_form(Visit& visit) {
  CO_TRY_VOID(co_await visit.require_admin());
  auto const id = Uuid::v7(visit.site.clock.now()).to_string();
  View view{visit, "Import profiles"};
  auto& values = view.main("pages/profiles/import.html");
  values.set("ACTION", link_to("/profiles/imports/" + id,
                               {{"form", visit.site.form_token(*visit.session, id)}}));
  co_return view.respond();
}

Result<Uuid> import_id(Visit const& visit) {
  auto const id = Uuid::parse(visit.request.parameter("id"));
  if (!id) return fail(not_found("There is no such import."));
  return *id;
}

Task<Result<http::Response>> receive(Visit& visit) {
  CO_TRY(auto const id, import_id(visit));
  if (!visit.site.is_form_token(value_of(visit.query, "form"), *visit.session, id.to_string()))
    co_return fail(
        forbidden("This form was not sent by a page of this site, or is too old.", "FOREIGN_FORM"));
  CO_TRY_VOID(co_await visit.require_admin());
  co_await visit.backend.imports.run(visit.request, id, visit.session->user_id, visit.token());
  co_return http::redirect("/profiles/imports/" + id.to_string());
}

void fill_progress(html::Values& values, ImportState const& state) {
  auto& running = values.add("RUNNING");
  running.set("RECEIVED", bytes(state.bytes_received));
  if (state.phase == "storing") {
    running.show("STORING");
    return;
  }
  auto const expected = state.bytes_expected.value_or(0);
  auto const percentage = expected > 0 ? state.bytes_received * 100 / expected : 0;
  auto& receiving = running.add("RECEIVING");
  receiving.set("PERCENT", percentage);
  if (expected > 0) receiving.add("OF").set("EXPECTED", bytes(expected));
}

void fill_rejected_rows(html::Values& values, std::string_view csv) {
  for (int i = 0; i < most_rows_shown && !csv.empty(); ++i) {
    auto const line = csv.substr(0, csv.find("\r\n"));
    csv.remove_prefix(std::min(csv.size(), line.size() + 2));
    auto const first = line.find(',');
    auto const last = line.rfind(',');
    if (first == std::string_view::npos || first == last) continue;
    auto& row = values.add("ROW");
    row.set("LINE", line.substr(0, first));
    row.set("REASON", reason_in_words(line.substr(first + 1, last - first - 1)));
    row.set("FIELD", line.substr(last + 1));
  }
}

void fill_result(html::Values& values, ImportState const& state, std::string_view rows,
                 std::string const& id) {
  auto const summary = json::Value::parse(state.summary);
  if (!summary) return;
  auto const total = integer_of(*summary, "total_rows");
  auto const skipped = integer_of(*summary, "skipped");
  auto& done = values.add("DONE");
  done.set("TOTAL", counted(total, "row", "rows"));
  done.set("INSERTED", grouped(integer_of(*summary, "inserted"))).set("SKIPPED", grouped(skipped));
  if (skipped == 0) return;
  auto& rejected = done.add("REJECTED");
  if (auto const reasons = summary->find("reasons"))
    for (auto const& [name, count] : reasons->members()) {
      auto const number = count.as_integer().value_or(0);
      auto& reason = rejected.add("REASON_ROW");
      reason.set("REASON", reason_in_words(name)).set("COUNT", grouped(number));
      reason.set("SHARE", percent(static_cast<double>(number) / static_cast<double>(skipped)));
    }
  fill_rejected_rows(rejected, rows);
  rejected.set("REPORT", "/profiles/imports/" + id + "/report");
  if (state.rejected_rows > most_rows_shown)
    rejected.add("FIRST_ONLY").set("SHOWN", most_rows_shown);
}

Task<Result<http::Response>> show_import(Visit& visit) {
  CO_TRY(auto const id, import_id(visit));
  CO_TRY_VOID(co_await visit.require_admin());
  auto& store = visit.backend.imports.store();
  auto const state = co_await store.find(id, visit.session->user_id, visit.site.clock.now());
  if (!state) co_return fail(not_found("There is no such import of yours; results stay a day."));
  std::string rows;
  if (state->phase == "done" && state->rejected_rows > 0)
    rows = (co_await store.find_report_piece(id, 0)).value_or("");

  View view{visit, state->is_running()      ? "Importing"
                   : state->phase == "done" ? "Import finished"
                                            : "Import failed"};
  auto& values = view.main("pages/profiles/import_state.html");
  values.set("FILE", state->file_name.empty() ? "the file" : state->file_name);
  values.set("STARTED", full_time(state->started_at, visit.preferences()));
  values.set("STARTED_UTC", to_rfc3339(state->started_at));
  if (state->is_running()) {
    view.reload_every(2);
    fill_progress(values, *state);
  } else if (state->phase == "done") {
    fill_result(values, *state, rows, id.to_string());
  } else {
    values.add("FAILED")
        .set("REASON", state->failure)
        .set("RECEIVED", bytes(state->bytes_received));
  }
  co_return view.respond();
}

/// The stored pieces one after the other.
class ReportStream final : public http::BodyStream {
 public:
  ReportStream(ImportStore& store, Uuid id) : store_(store), id_(id) {}

  Task<Result<std::optional<std::string>>> next() override {
    if (number_ < 0) {
      number_ = 0;
      co_return std::string{report_header};
    }
    co_return co_await store_.find_report_piece(id_, number_++);
  }

 private:
  ImportStore& store_;
  Uuid id_;
  std::int32_t number_ = -1;
};

Task<Result<http::Response>> download_report(Visit& visit) {
  CO_TRY(auto const id, import_id(visit));
  CO_TRY_VOID(co_await visit.require_admin());
  auto& store = visit.backend.imports.store();
  if (!co_await store.find(id, visit.session->user_id, visit.site.clock.now()))
    co_return fail(not_found("There is no such import of yours; results stay a day."));
  http::Response response;
  response.headers.set("Content-Type", "text/csv; charset=utf-8");
  response.headers.set("Content-Disposition",
                       fmt::format("attachment; filename=\"import_{}.csv\"", id.to_string()));
  response.stream = std::make_unique<ReportStream>(store, id);
  co_return response;
}

}  // namespace

std::vector<PageRoute> import_pages() {
  using enum http::Method;
  return {
      {get, "/profiles/import", Access::signed_in, show_form},
      {post, "/profiles/imports/{id}", Access::upload, receive},
      {get, "/profiles/imports/{id}", Access::signed_in, show_import},
      {get, "/profiles/imports/{id}/report", Access::signed_in, download_report},
  };
}

}  // namespace insighta::portal
