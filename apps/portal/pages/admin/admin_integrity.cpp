#include "backend/answers.hpp"
#include "backend/api_client.hpp"
#include "pages/admin/admin_parts.hpp"
#include "pages/pages.hpp"
#include "platform/async/when_all.hpp"
#include "site/links.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

namespace insighta::portal {

namespace {

constexpr std::string_view api = "/api/v1/admin/integrity";
/// They read every booking there is.
constexpr std::chrono::seconds patience{60};

/// What each check makes sure of, as people would say it.
constexpr std::pair<std::string_view, std::string_view> checks[] = {
    {"I1", "No trainer is taken twice at the same time."},
    {"I2", "No client is taken twice at the same time."},
    {"I3",
     "Every confirmed booking takes up exactly its own time, and nothing that is over takes up "
     "any."},
    {"I4",
     "Every booking was paid with exactly one credit, which came back at most once, and no credit "
     "came back that was not spent."},
    {"I5", "Nobody has spent more credits than they had."},
    {"I6", "Whether the credit of a cancelled booking came back follows from who cancelled, when."},
    {"I7", "A booking and its session never say different things."},
    {"I8", "No history has a gap, and a client's moves are counted as they happened."},
    {"I9", "Everything that happened was put down for those who are to be told."},
    {"I10", "The rating of a trainer is that of the reviews."},
};

std::string words_of_check(json::Value const& check) {
  auto const id = text_of(check, "id");
  auto const* const found =
      std::ranges::find(checks, id, [](auto const& pair) { return pair.first; });
  return found == std::end(checks) ? text_of(check, "title") : std::string{found->second};
}

std::string seconds_in_words(std::chrono::milliseconds length) {
  auto const count = length.count();
  if (count < 1000) return fmt::format("{} ms", count);
  return fmt::format("{:.1f} s", static_cast<double>(count) / 1000);
}

http::Response explanation(Visit const& visit) {
  View view{visit, "Integrity"};
  auto& values = view.main("pages/admin/admin_integrity.html");
  values.show("FIRST_TIME");
  for (auto const& [id, words] : checks) values.add("CHECK").set("ID", id).set("WORDS", words);
  return view.respond();
}

bool is_broken(json::Value const& check) {
  return integer_of(check, "count") != 0;
}

void fill_check(html::Values& row, json::Value const& check, bool is_broken) {
  row.set("ID", text_of(check, "id")).set("WORDS", words_of_check(check));
  row.set("COUNT", counted(integer_of(check, "count"), "case", "cases"));
  row.show(is_broken ? "BROKEN" : "HOLDS");
}

http::Response report(Visit const& visit, json::Value const& answer,
                      std::chrono::milliseconds measured) {
  auto const data = answer.find("data").value_or(answer);
  auto const list = data.find("checks");
  auto const found = list ? list->items() : std::vector<json::Value>{};
  auto const broken = std::ranges::count_if(found, is_broken);
  auto const all = static_cast<std::int64_t>(found.size());
  View view{visit,
            broken == 0 ? "Integrity: all holds" : fmt::format("Integrity: {} broken", broken)};
  auto& values = view.main("pages/admin/admin_integrity.html");
  values.show("AGAIN").show("ANSWERED");
  auto& summary = values.add("ANSWER");
  summary.set("KIND", broken == 0 ? "good" : "bad");
  summary.set("SUMMARY", broken == 0 ? fmt::format("All {} hold", all)
                                     : fmt::format("{} of {} {} not hold", broken, all,
                                                   broken == 1 ? "does" : "do"));
  auto const took = data.find("took_ms");
  auto const told = took ? took->as_number() : std::nullopt;
  summary.set("TOOK",
              seconds_in_words(told ? std::chrono::milliseconds{static_cast<std::int64_t>(*told)}
                                    : measured));
  for (bool const shows_broken : {true, false})
    for (auto const& check : found)
      if (is_broken(check) == shows_broken) fill_check(values.add("CHECK"), check, shows_broken);
  return view.respond();
}

Task<Result<http::Response>> show(Visit& visit) {
  if (value_of(visit.query, "run") != "1") {
    CO_TRY_VOID(co_await visit.require_admin());
    co_return explanation(visit);
  }
  auto const began = std::chrono::steady_clock::now();
  auto [admin, answer] = co_await when_all(
      visit.require_admin(), visit.backend.api.get(std::string{api}, visit.token(), patience));
  CO_TRY_VOID(admin);
  if (!answer) co_return fail(answer.error());
  co_return report(visit, *answer,
                   std::chrono::duration_cast<std::chrono::milliseconds>(
                       std::chrono::steady_clock::now() - began));
}

Task<Result<http::Response>> download(Visit& visit) {
  CO_TRY_VOID(co_await visit.require_admin());
  if (value_of(visit.query, "run") != "1") co_return http::redirect("/admin/integrity");
  CO_TRY(auto file, co_await visit.backend.api.download(std::string{api}, visit.token()));
  file.headers.set("Content-Disposition", R"(attachment; filename="integrity.json")");
  co_return file;
}

}  // namespace

std::vector<PageRoute> integrity_pages() {
  using enum http::Method;
  return {
      {get, "/admin/integrity", Access::signed_in, show},
      {get, "/admin/integrity.json", Access::signed_in, download},
  };
}

}  // namespace insighta::portal
