#include "booking/domain/offer.hpp"

#include "platform/outcome/ensure.hpp"

#include <fmt/format.h>

namespace insighta::booking {

namespace {

std::unexpected<Error> refuse(std::string message, std::string code) {
  auto sentence = "The start " + message;
  return fail(invalid(std::move(sentence), {{"start", std::move(message)}}, std::move(code)));
}

}  // namespace

Result<void> check_start(Offer const& offer, Instant start, Party by, Instant at) {
  auto const& terms = offer.trainer.terms;
  bool const is_client = by == Party::client;
  auto const notice = std::chrono::minutes{is_client ? terms.min_notice_minutes : 0};
  if (start <= at) return refuse("must be in the future", "TOO_SOON");
  if (start < at + notice)
    return refuse(fmt::format("must be at least {} minutes from now", terms.min_notice_minutes),
                  "TOO_SOON");
  if (!is_client) return {};
  if (start > at + std::chrono::days{terms.max_advance_days})
    return refuse(fmt::format("must be within {} days from now", terms.max_advance_days),
                  "TOO_FAR");
  auto const zone = TimeZone::find(terms.time_zone);
  ensure(zone.has_value(), "a trainer's zone was checked when it was stored");
  if (!is_on_offer(offer.availability, *zone, start, offer.length,
                   std::chrono::minutes{terms.slot_step}))
    return refuse("is not one of the trainer's times", "OUTSIDE_AVAILABILITY");
  return {};
}

}  // namespace insighta::booking
