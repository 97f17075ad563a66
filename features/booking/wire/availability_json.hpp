#pragma once

#include "booking/services/availability_service.hpp"

#include <string>

namespace insighta::booking::wire {

std::string availability_answer(OwnAvailability const& own);
std::string exception_answer(StoredException const& stored);
std::string time_off_answer(TimeOff const& time_off);
/// Not paged.
std::string slots_answer(SlotList const& list);

}  // namespace insighta::booking::wire
