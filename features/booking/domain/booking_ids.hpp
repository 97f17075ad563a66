#pragma once

#include "identity/domain/ids.hpp"
#include "platform/uuid/uuid.hpp"

namespace insighta::booking {

using identity::UserId;
// A trainer's, a client's and a user's id name three kinds of thing, also for the same person.
using TrainerId = Id<struct TrainerTag>;
using ClientId = Id<struct ClientTag>;
using CallId = Id<struct CallTag>;
using BookingId = Id<struct BookingTag>;
using SeriesId = Id<struct SeriesTag>;
/// Of a training session, the 1:1 companion of a booking.
using SessionId = Id<struct TrainingSessionTag>;
using ReviewId = Id<struct ReviewTag>;
using ClaimId = Id<struct ClaimTag>;
using RuleId = Id<struct RuleTag>;
using ExceptionId = Id<struct ExceptionTag>;
using PlanId = Id<struct PlanTag>;
using SubscriptionId = Id<struct SubscriptionTag>;

}  // namespace insighta::booking
