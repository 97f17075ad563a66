#pragma once

struct pg_conn;

namespace insighta::postgres {

/// Asks the server to cancel what the connection runs now. Returns at once: libpq's cancel request
/// opens a connection of its own and blocks, so it is sent from a thread that nobody waits for.
void cancel_in_background(pg_conn* connection);

}  // namespace insighta::postgres
