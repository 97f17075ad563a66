#include "platform/postgres/cancel.hpp"

#include "platform/log/log.hpp"

#include <libpq-fe.h>

#include <array>
#include <memory>
#include <system_error>
#include <thread>

namespace insighta::postgres {

namespace {

struct FreeCancel {
  void operator()(PGcancel* request) const { PQfreeCancel(request); }
};

}  // namespace

void cancel_in_background(pg_conn* connection) {
  std::unique_ptr<PGcancel, FreeCancel> request(PQgetCancel(connection));
  if (!request) return;
  try {
    std::thread([request = std::move(request)] {
      std::array<char, 256> reason{};
      PQcancel(request.get(), reason.data(), static_cast<int>(reason.size()));
    }).detach();
  } catch (std::system_error const& fault) {
    log::warning("a statement could not be cancelled", {{"what", fault.what()}});
  }
}

}  // namespace insighta::postgres
