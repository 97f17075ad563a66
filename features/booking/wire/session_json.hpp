#pragma once

#include "booking/services/session_service.hpp"

#include <string>

namespace insighta::booking::wire {

std::string session_answer(Attendance const& attendance);

}  // namespace insighta::booking::wire
