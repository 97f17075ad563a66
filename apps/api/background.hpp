#pragma once

#include "booking_parts.hpp"
#include "commands.hpp"
#include "identity/repositories/audit_repository.hpp"
#include "identity/repositories/key_repository.hpp"
#include "identity/repositories/session_repository.hpp"
#include "identity/repositories/sign_in_repository.hpp"
#include "identity/repositories/user_repository.hpp"
#include "identity/services/account_service.hpp"
#include "platform/async/event_loop.hpp"
#include "platform/clock/clock.hpp"
#include "platform/postgres/database.hpp"

#include <memory>
#include <string>

namespace insighta::api {

/// The program without its server, for commands that act on people and their appointments: one
/// event loop, connected as the serving role. In the order of construction.
struct Background {
  /// Throws when the database is away or belongs to another environment.
  Background(Config const& configuration, Doors const& doors, std::string application_name);
  ~Background();

  Config const& config;
  std::unique_ptr<Clock> const clock;
  EventLoop loop;
  postgres::Database database;
  identity::UserRepository users;
  identity::SessionRepository sessions;
  identity::SignInRepository sign_ins;
  identity::AuditRepository audit;
  identity::KeyRepository keys;
  identity::AccountService accounts;
  BookingParts booking;
};

}  // namespace insighta::api
