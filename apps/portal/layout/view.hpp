#pragma once

#include "platform/html/page.hpp"
#include "platform/http/response.hpp"
#include "site/visit.hpp"

#include <string>
#include <string_view>

namespace insighta::portal {

/// A page inside the layout: title, navigation, messages, main part.
class View {
 public:
  /// `title` is the page's own words, without the site's name.
  View(Visit const& visit, std::string_view title);

  /// The values of the main part, made from the template at `path`. Once.
  html::Values& main(std::string_view path);
  /// Asks browsers without script to load the page again.
  View& reload_every(std::int64_t seconds);
  /// A form failed: says so in the title.
  View& mark_failed();
  http::Response respond(int status = 200);

  /// A page that leads on to `url` by itself, with a link for those whom it does not.
  static http::Response forward(Site const& site, std::string_view url, std::string_view title,
                                std::string_view link_text);

 private:
  void fill_person();
  void fill_navigation();

  Visit const& visit_;
  html::Values values_;
  std::string title_;
};

/// The values that every page has, signed in or not.
void fill_frame(html::Values& values, Site const& site);

}  // namespace insighta::portal
