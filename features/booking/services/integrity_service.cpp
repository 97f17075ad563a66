#include "booking/services/integrity_service.hpp"

#include "booking/repositories/integrity_repository.hpp"

namespace insighta::booking {

Task<IntegrityFindings> IntegrityService::check() {
  using std::chrono::steady_clock;
  auto const started = steady_clock::now();
  auto report = co_await integrity_.check();
  auto const took = steady_clock::now() - started;
  co_return IntegrityFindings{.report = std::move(report),
                              .took = std::chrono::duration_cast<std::chrono::milliseconds>(took)};
}

}  // namespace insighta::booking
