#pragma once

#include "booking/domain/trainer.hpp"

#include <string>

namespace insighta::booking::wire {

std::string client_profile_answer(ClientProfile const& profile);

}  // namespace insighta::booking::wire
