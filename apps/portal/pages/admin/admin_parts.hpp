#pragma once

#include "layout/view.hpp"
#include "platform/json/value.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace insighta::portal {

/// A page that states what will happen, with the button that does it and the way out.
struct Confirmation {
  std::string question;
  std::string consequence;
  std::string button;
  std::string action;  ///< where the form is sent
  std::string back;
  std::string back_text;
};
http::Response ask(Visit const& visit, Confirmation const& confirmation);

/// The rows of a list.
std::vector<json::Value> rows_of(json::Value const& answer);
/// Words of a list, joined; `none` when there are none.
std::string words_of(json::Value const& row, std::string_view member, std::string_view none);
/// Previous and next of a list with page and total_pages.
void fill_pager(html::Values& values, Visit const& visit, json::Value const& answer);
/// A time of the API for the person: words into NAME, machine's form into NAME_UTC.
void fill_time(html::Values& values, std::string const& name, json::Value const& row,
               std::string_view member, Preferences const& preferences);

}  // namespace insighta::portal
