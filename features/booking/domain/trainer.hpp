#pragma once

#include "booking/domain/booking_ids.hpp"
#include "platform/clock/clock.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace insighta::booking {

enum class Onboarding : std::uint8_t { pending, approved, rejected, suspended };
std::string_view to_string(Onboarding onboarding);
std::optional<Onboarding> parse_onboarding(std::string_view text);

/// How a trainer works.
struct TrainerTerms {
  std::string time_zone;  ///< IANA name
  int session_minutes = 60;
  int slot_step = 60;  ///< minutes between the starts on offer: 15, 30 or 60
  int gap_minutes = 0;
  int min_notice_minutes = 60;
  int max_advance_days = 60;
  std::string bio = {};
  std::vector<std::string> specialisations = {};

  std::chrono::minutes session_length() const { return std::chrono::minutes{session_minutes}; }
  std::chrono::minutes gap() const { return std::chrono::minutes{gap_minutes}; }
};

struct Trainer {
  TrainerId id;
  UserId user_id;
  std::string name;  ///< the person's display name, else login
  Onboarding onboarding = Onboarding::pending;
  bool is_available = false;
  TrainerTerms terms;
  std::int64_t rating_sum = 0;
  std::int64_t rating_count = 0;
  bool is_user_active = true;
  std::int64_t version = 1;
  Instant created_at;

  bool is_bookable() const {
    return onboarding == Onboarding::approved && is_available && is_user_active;
  }
};

/// A person who trains: what "client" means in this feature.
struct ClientProfile {
  ClientId id;
  UserId user_id;
  std::string display_name;
  std::string time_zone;
  std::optional<std::string> phone;
  std::string goals;
  std::int64_t version = 1;
  Instant created_at;
};

}  // namespace insighta::booking
