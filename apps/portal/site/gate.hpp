#pragma once

#include "platform/http/router.hpp"
#include "site/visit.hpp"

namespace insighta::portal {

/// In front of every page: finds the session, keeps its tokens fresh, refuses forms of other sites,
/// and turns whatever fails into a page. Immutable; one per event loop.
class Gate {
 public:
  Gate(Site const& site, Backend& backend) : site_(site), backend_(backend) {}

  /// The route as the router takes it.
  http::Route open(PageRoute route) const;
  /// The page for an answer that the router gave itself (unknown path, wrong method).
  Task<http::Response> page_for(http::Request& request, http::Response answer) const;

 private:
  Task<http::Response> admit(http::Request& request, PageRoute const& route) const;
  Task<Result<http::Response>> attempt(Visit& visit, PageRoute const& route) const;
  Task<Result<http::Response>> serve(Visit& visit, PageRoute const& route) const;
  Result<void> check_origin(http::Request const& request) const;
  Task<Result<void>> read_form(Visit& visit) const;
  http::Response sign_in_first(Visit const& visit, std::string_view why = {}) const;

  Site const& site_;
  Backend& backend_;
};

}  // namespace insighta::portal
