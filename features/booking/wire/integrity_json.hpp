#pragma once

#include "booking/services/integrity_service.hpp"

#include <string>

namespace insighta::booking::wire {

/// {ok, took_ms, checks:[{id, title, count}]}
std::string integrity_answer(IntegrityFindings const& findings);

}  // namespace insighta::booking::wire
