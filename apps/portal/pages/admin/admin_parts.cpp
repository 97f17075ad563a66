#include "pages/admin/admin_parts.hpp"

#include "backend/answers.hpp"
#include "site/links.hpp"

namespace insighta::portal {

http::Response ask(Visit const& visit, Confirmation const& confirmation) {
  View view{visit, confirmation.question};
  auto& values = view.main("layout/confirm.html");
  values.set("QUESTION", confirmation.question).set("CONSEQUENCE", confirmation.consequence);
  values.set("BUTTON", confirmation.button).set("ACTION", confirmation.action);
  values.set("BACK", confirmation.back).set("BACK_TEXT", confirmation.back_text);
  return view.respond();
}

std::vector<json::Value> rows_of(json::Value const& answer) {
  auto const data = answer.find("data");
  return data ? data->items() : std::vector<json::Value>{};
}

std::string words_of(json::Value const& row, std::string_view member, std::string_view none) {
  auto const list = row.find(member);
  std::string words;
  if (list)
    for (auto const& item : list->items()) {
      if (!words.empty()) words += ", ";
      words += item.as_string().value_or("");
    }
  return words.empty() ? std::string{none} : words;
}

void fill_pager(html::Values& values, Visit const& visit, json::Value const& answer) {
  auto const page = integer_of(answer, "page");
  auto const pages = integer_of(answer, "total_pages");
  auto& pager = values.include("PAGER", "pages/admin/pager.html");
  if (pages <= 1) return;
  auto& links = pager.add("PAGES_LINKS");
  links.set("PAGE", page).set("PAGES", pages);
  auto const url = [&](std::int64_t number) {
    return link_to(visit.request.path, with(visit.query, "page", std::to_string(number)));
  };
  if (page > 1) links.add("PREVIOUS").set("URL", url(page - 1));
  if (page < pages) links.add("NEXT").set("URL", url(page + 1));
}

void fill_time(html::Values& values, std::string const& name, json::Value const& row,
               std::string_view member, Preferences const& preferences) {
  auto const text = text_of(row, member);
  auto const instant = parse_rfc3339(text);
  values.set(name, instant ? full_time(*instant, preferences) : "never");
  values.set(name + "_UTC", text);
}

}  // namespace insighta::portal
