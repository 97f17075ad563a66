#pragma once

#include "imports/import_store.hpp"
#include "platform/http/request.hpp"
#include "platform/outcome/result.hpp"

#include <memory>
#include <string>

namespace insighta {
class EventLoop;
}

namespace insighta::portal {

class ApiClient;

/// Passes an upload on to the API as it arrives, keeping nothing of it, and writes down once a
/// second how far it is. One per event loop.
class Imports {
 public:
  Imports(EventLoop& loop, ApiClient& api, ImportStore& store, Clock const& clock)
      : loop_(loop), api_(api), store_(store), clock_(clock) {}

  /// Takes the body of `request`, a form with a file, to its end. An import with that id that ran
  /// already is left alone. What fails is written down, for the import's page to tell.
  Task<void> run(http::Request& request, Uuid id, Uuid user_id, std::string token);

  ImportStore& store() { return store_; }

 private:
  Task<void> pass_on(http::Request& request, Uuid id, std::string token,
                     std::shared_ptr<ImportState> state);

  EventLoop& loop_;
  ApiClient& api_;
  ImportStore& store_;
  Clock const& clock_;
};

}  // namespace insighta::portal
