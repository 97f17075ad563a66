#pragma once

#include "booking/handlers/command_request.hpp"
#include "booking/services/session_service.hpp"

#include <vector>

namespace insighta::booking {

/// Sessions, and who did not come to them.
class SessionHandlers {
 public:
  SessionHandlers(Commands& commands, SessionService& sessions, Clock const& clock)
      : commands_(commands), sessions_(sessions), clock_(clock) {}

  std::vector<GuardedRoute> api_routes();

 private:
  using Request = http::Request;
  using Response = http::Response;
  using Actor = identity::Actor;

  Task<Response> get(Request& request, Actor const& actor);
  Task<Response> start(Request& request, Actor const& actor);
  Task<Response> join(Request& request, Actor const& actor);
  Task<Response> complete(Request& request, Actor const& actor);
  Task<Response> write_notes(Request& request, Actor const& actor);
  Task<Response> report_no_show(Request& request, Actor const& actor);
  Task<Response> correct(Request& request, Actor const& actor);

  /// Runs a write without words of its own.
  Task<Response> step(Request& request, Actor const& actor,
                      Task<Result<Attendance>> (SessionService::*step)(Command const&, SessionId));

  Commands& commands_;
  SessionService& sessions_;
  Clock const& clock_;
};

}  // namespace insighta::booking
