#pragma once

#include "identity/domain/client.hpp"
#include "identity/domain/session.hpp"
#include "platform/http/request.hpp"

namespace insighta::identity {

/// Where a request came from. The user agent is a label, not evidence: it is cut, and what is not
/// printable ASCII becomes `?`, because a header may hold any bytes and the database takes text.
Origin origin_of_request(http::Request const& request);

/// The same for a call by a client that has proved itself. The portal calls for a person, whose
/// address and user agent it passes on in X-Person-Address and X-Person-User-Agent; nobody else is
/// believed these.
Origin origin_of_call(http::Request const& request, Client const& client);

/// Whether origin_of_call() gives a person's address and not the client's own.
bool speaks_for_person(http::Request const& request, Client const& client);

}  // namespace insighta::identity
