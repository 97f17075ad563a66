#pragma once

#include "booking/domain/subscription.hpp"

#include <string>
#include <vector>

namespace insighta::booking::wire {

std::string plan_answer(Plan const& plan);
std::string plans_answer(std::vector<Plan> const& plans);

}  // namespace insighta::booking::wire
