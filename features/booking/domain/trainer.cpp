#include "booking/domain/trainer.hpp"

#include "booking/domain/booking.hpp"
#include "booking/domain/contact.hpp"
#include "platform/time_zone/time_zone.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace insighta::booking {

namespace {

constexpr std::array<std::string_view, 4> words = {"pending", "approved", "rejected", "suspended"};
constexpr std::size_t most_specialisations = 5;
constexpr std::size_t longest_text = 2000;
constexpr std::size_t longest_display_name = 120;

class Faults {
 public:
  void check_range(std::string_view field, std::optional<int> value, int min, int max) {
    if (value && (*value < min || *value > max))
      add(field, fmt::format("must be from {} to {}", min, max));
  }
  void check_length(std::string_view field, std::string_view text, std::size_t max) {
    if (characters_in(text) > max) add(field, fmt::format("must be at most {} characters", max));
  }
  void check_zone(std::string_view name) {
    if (!TimeZone::find(name))
      add("time_zone", "must be a time zone of the IANA database, like Europe/London");
  }
  void add(std::string_view field, std::string message) {
    faults_.push_back({std::string{field}, std::move(message)});
  }
  std::vector<FieldError> take() { return std::move(faults_); }

 private:
  std::vector<FieldError> faults_;
};

bool are_good(std::vector<std::string> const& specialisations) {
  if (specialisations.size() > most_specialisations) return false;
  for (auto at = specialisations.begin(); at != specialisations.end(); ++at)
    if (!is_known_specialisation(*at) || std::find(specialisations.begin(), at, *at) != at)
      return false;
  return true;
}

template <class T>
void assign(T& to, std::optional<T> const& from) {
  if (from) to = *from;
}

}  // namespace

std::string_view to_string(Onboarding onboarding) {
  return words[static_cast<std::size_t>(onboarding)];
}

std::optional<Onboarding> parse_onboarding(std::string_view text) {
  for (std::size_t i = 0; i < words.size(); ++i)
    if (words[i] == text) return static_cast<Onboarding>(i);
  return {};
}

Result<void> may_become(Onboarding from, Onboarding to) {
  using enum Onboarding;
  constexpr std::pair<Onboarding, Onboarding> ways[] = {{pending, approved},
                                                        {pending, rejected},
                                                        {rejected, approved},
                                                        {approved, suspended},
                                                        {suspended, approved}};
  if (std::ranges::find(ways, std::pair{from, to}) != std::end(ways)) return {};
  return fail(invalid_transition(to_string(to), to_string(from)));
}

bool is_known_specialisation(std::string_view word) {
  return std::ranges::find(known_specialisations, word) != known_specialisations.end();
}

std::vector<FieldError> faults_of(TermsChange const& change) {
  Faults faults;
  if (change.time_zone) faults.check_zone(*change.time_zone);
  faults.check_range("session_minutes", change.session_minutes, 5, 480);
  if (auto const step = change.slot_step; step && *step != 15 && *step != 30 && *step != 60)
    faults.add("slot_step", "must be 15, 30 or 60");
  faults.check_range("gap_minutes", change.gap_minutes, 0, 120);
  faults.check_range("min_notice_minutes", change.min_notice_minutes, 0, 10080);
  faults.check_range("max_advance_days", change.max_advance_days, 1, 365);
  if (change.bio) faults.check_length("bio", *change.bio, longest_text);
  if (change.specialisations && !are_good(*change.specialisations))
    faults.add("specialisations", fmt::format("must be at most 5 of {}, each once",
                                              fmt::join(known_specialisations, ", ")));
  return faults.take();
}

TrainerTerms changed(TrainerTerms terms, TermsChange const& change) {
  assign(terms.time_zone, change.time_zone);
  assign(terms.session_minutes, change.session_minutes);
  assign(terms.slot_step, change.slot_step);
  assign(terms.gap_minutes, change.gap_minutes);
  assign(terms.min_notice_minutes, change.min_notice_minutes);
  assign(terms.max_advance_days, change.max_advance_days);
  assign(terms.bio, change.bio);
  assign(terms.specialisations, change.specialisations);
  return terms;
}

std::vector<FieldError> faults_of(ClientProfile const& profile) {
  Faults faults;
  if (profile.display_name.empty()) faults.add("display_name", "must not be empty");
  faults.check_length("display_name", profile.display_name, longest_display_name);
  faults.check_zone(profile.time_zone);
  if (profile.phone && !is_phone_number(*profile.phone))
    faults.add("phone", "must be a phone number in the form +15551234567");
  faults.check_length("goals", profile.goals, longest_text);
  return faults.take();
}

}  // namespace insighta::booking
