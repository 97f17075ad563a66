#pragma once

#include "booking/domain/review.hpp"
#include "platform/listing/list_page.hpp"

#include <string>

namespace insighta::booking::wire {

std::string review_answer(Review const& review);
std::string reviews_answer(ReviewPage const& reviews, listing::ListPage const& page);

}  // namespace insighta::booking::wire
