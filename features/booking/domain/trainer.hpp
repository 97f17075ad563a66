#pragma once

#include "booking/domain/booking_ids.hpp"
#include "platform/clock/clock.hpp"
#include "platform/outcome/result.hpp"

#include <array>
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

/// Whether an admin may take a trainer from one state to another: pending -> approved or rejected,
/// rejected -> approved, approved <-> suspended; 409 `INVALID_TRANSITION` else.
Result<void> may_become(Onboarding from, Onboarding to);

inline constexpr std::array<std::string_view, 10> known_specialisations = {
    "strength",       "mobility", "endurance", "weight_loss", "nutrition",
    "rehabilitation", "yoga",     "pilates",   "boxing",      "running"};
bool is_known_specialisation(std::string_view word);

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

/// New terms; what is empty stays. Existing appointments keep their times.
struct TermsChange {
  std::optional<std::string> time_zone = {};
  std::optional<int> session_minutes = {};
  std::optional<int> slot_step = {};
  std::optional<int> gap_minutes = {};
  std::optional<int> min_notice_minutes = {};
  std::optional<int> max_advance_days = {};
  std::optional<std::string> bio = {};
  std::optional<std::vector<std::string>> specialisations = {};
};
/// What is wrong with it, by field.
std::vector<FieldError> faults_of(TermsChange const& change);
TrainerTerms changed(TrainerTerms terms, TermsChange const& change);

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

/// What is wrong with what a person says of themself, by field.
std::vector<FieldError> faults_of(ClientProfile const& profile);

}  // namespace insighta::booking
