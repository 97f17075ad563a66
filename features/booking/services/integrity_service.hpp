#pragma once

#include "booking/domain/integrity.hpp"
#include "platform/async/task.hpp"

#include <chrono>

namespace insighta::booking {

class IntegrityRepository;

struct IntegrityFindings {
  IntegrityReport report;
  std::chrono::milliseconds took{0};
};

/// Whether the invariants of spec booking.md section 10 hold. For admins; the route's permission
/// says so.
class IntegrityService {
 public:
  explicit IntegrityService(IntegrityRepository& integrity) : integrity_(integrity) {}

  Task<IntegrityFindings> check();

 private:
  IntegrityRepository& integrity_;
};

}  // namespace insighta::booking
