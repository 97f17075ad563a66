#pragma once

#include "booking/services/trainer_service.hpp"
#include "platform/listing/list_page.hpp"

#include <string>

namespace insighta::booking::wire {

std::string trainer_answer(Trainer const& trainer);
/// With the next free session.
std::string trainer_answer(ListedTrainer const& listed);
std::string trainers_answer(TrainerList const& list, listing::ListPage const& page);

}  // namespace insighta::booking::wire
