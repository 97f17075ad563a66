#include "background.hpp"

#include "environment.hpp"
#include "wiring.hpp"

namespace insighta::api {

Background::Background(Config const& configuration, Doors const& doors,
                       std::string application_name)
    : config(configuration),
      clock(make_clock(doors)),
      database(loop, {.connection_string = configuration.database_url.reveal(),
                      .application_name = std::move(application_name)}),
      users(database),
      sessions(database),
      sign_ins(database),
      audit(database),
      keys(database),
      accounts(users, sessions, sign_ins, audit, database, *clock),
      booking(
          {.config = configuration, .clock = *clock, .database = database, .accounts = accounts}) {
  loop.run_until_done(claim_database(keys, configuration.is_development));
}

Background::~Background() {
  loop.run_until_done(database.close());
}

}  // namespace insighta::api
