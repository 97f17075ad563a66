#include "pages/admin/booking_filters.hpp"

#include "pages/admin/booking_words.hpp"
#include "site/links.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace insighta::portal {

namespace {

constexpr std::string_view path = "/admin/bookings";

enum class Control : std::uint8_t { choice, day, id };

struct Field {
  std::string_view name;
  std::string_view label;
  Control control;
};

constexpr Field fields[] = {
    {"status", "Status", Control::choice},
    {"from", "From", Control::day},
    {"to", "To", Control::day},
    {"client_id", "Client", Control::id},
    {"trainer_id", "Trainer", Control::id},
    {"order", "Order", Control::choice},
};

constexpr std::string_view order = "order";
constexpr std::string_view statuses[] = {"confirmed", "completed", "cancelled", "no_show_client",
                                         "no_show_trainer"};

std::string_view label_of(std::string_view name) {
  auto const* const found = std::ranges::find(fields, name, &Field::name);
  return found == std::end(fields) ? name : found->label;
}

void fill_option(html::Values& choice, std::string_view value, std::string_view text,
                 std::string_view chosen) {
  auto& option = choice.add("OPTION");
  option.set("VALUE", value).set("TEXT", text);
  option.show_if("CHOSEN", value == chosen);
}

void fill_choice(html::Values& choice, std::string_view name, std::string_view chosen) {
  if (name == order) {
    fill_option(choice, "", "Latest first", chosen == "desc" ? "" : chosen);
    fill_option(choice, "asc", "Earliest first", chosen);
    return;
  }
  fill_option(choice, "", "Any", chosen);
  for (auto const status : statuses)
    fill_option(choice, status, status_in_words(status).word, chosen);
}

/// A browser shows nothing of a text that is no day in its own control for days.
std::string_view type_of(Control control, std::string_view value) {
  bool const is_day = value.empty() || start_of_day(value, {});
  return control == Control::day && is_day ? "date" : "text";
}

void fill_field(html::Values& values, Field const& field, std::string const& value,
                std::vector<FieldError> const& faults) {
  auto& part = values.add("FIELD");
  part.set("NAME", field.name).set("LABEL", field.label);
  if (field.control == Control::id) part.add("HINT").set("TEXT", "(id)");
  auto& control = part.add(field.control == Control::choice ? "CHOICE" : "INPUT");
  control.set("VALUE", value).set("TYPE", type_of(field.control, value));
  if (field.control == Control::choice) fill_choice(control, field.name, value);
  auto const fault = std::ranges::find(faults, field.name, &FieldError::field);
  if (fault == faults.end()) return;
  control.show("WRONG");
  part.add("FAULT").set("MESSAGE", fault->message);
}

std::string filter_in_words(std::string_view name, std::string_view value,
                            std::vector<json::Value> const& rows) {
  if (name == "status") return fmt::format("Status: {}", status_in_words(value).word);
  if (!name.ends_with("_id")) return fmt::format("{}: {}", label_of(name), value);
  auto const who = name.substr(0, name.find('_'));
  return fmt::format("{}: {}", label_of(name),
                     rows.empty() ? short_name(who, value) : name_in_words(rows.front(), who));
}

void fill_chips(html::Values& values, http::Pairs const& query,
                std::vector<json::Value> const& rows) {
  auto const active = booking_filters_of(query);
  if (active.empty()) return;
  values.add("ACTIVE").set("COUNT", static_cast<std::int64_t>(active.size()));
  auto& chips = values.add("CHIPS");
  auto rest = without(query, "page");
  for (auto const& [name, value] : active) {
    auto& chip = chips.add("CHIP");
    chip.set("TEXT", filter_in_words(name, value, rows));
    chip.set("WITHOUT", link_to(path, without(without(query, "page"), name)));
    rest = without(std::move(rest), name);
  }
  chips.set("CLEARED", link_to(path, rest));
}

}  // namespace

http::Pairs booking_filters_of(http::Pairs const& query) {
  http::Pairs filters;
  for (auto const& field : fields)
    if (auto const value = value_of(query, field.name); field.name != order && !value.empty())
      filters.emplace_back(field.name, value);
  return filters;
}

http::Pairs bookings_asked(http::Pairs const& query, Preferences const& preferences) {
  auto asked = booking_filters_of(query);
  for (auto& [name, value] : asked) {
    if (name != "from" && name != "to") continue;
    auto const instant = start_of_day(value, preferences, std::chrono::days{name == "to" ? 1 : 0});
    if (instant) value = to_rfc3339(*instant);
  }
  auto const wanted = value_of(query, order);
  asked.emplace_back(order, wanted.empty() ? "desc" : wanted);
  if (auto const page = value_of(query, "page"); !page.empty()) asked.emplace_back("page", page);
  return asked;
}

void fill_booking_filters(html::Values& values, http::Pairs const& query,
                          std::vector<FieldError> const& faults,
                          std::vector<json::Value> const& rows) {
  for (auto const& field : fields) fill_field(values, field, value_of(query, field.name), faults);
  values.show_if("OPEN", !faults.empty());
  fill_chips(values, query, rows);
  if (faults.empty()) return;
  auto& summary = values.add("FAULTS");
  for (auto const& [field, message] : faults)
    summary.add("ONE")
        .set("FIELD_NAME", field)
        .set("FIELD_LABEL", label_of(field))
        .set("MESSAGE", message);
}

}  // namespace insighta::portal
