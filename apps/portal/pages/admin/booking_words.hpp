#pragma once

#include "platform/json/value.hpp"
#include "site/wording.hpp"

#include <string>
#include <string_view>

namespace insighta::portal {

/// What the API says of bookings, in words for people.

/// A status with the class of its colour.
struct StatusWords {
  std::string_view word;
  std::string_view colour;
};
StatusWords status_in_words(std::string_view status);
/// "the client", "an admin"
std::string_view party_in_words(std::string_view party);
/// "Google Meet"
std::string_view platform_in_words(std::string_view platform);
/// `who` is client or trainer: the name when the API gave one, else the end of the id, the part in
/// which ids differ.
std::string name_in_words(json::Value const& booking, std::string_view who);
/// "client 4f2a9c" of an id
std::string short_name(std::string_view who, std::string_view id);

/// "cancelled by the client 13 h 0 min before the start: the credit went back". Near the limit the
/// notice is exact, so that the words never contradict the outcome.
std::string outcome_in_words(json::Value const& booking);
/// Where the credit is, for a column: "went back", "stays spent", "spent".
std::string_view credit_in_words(json::Value const& booking);
/// "Moved from Mon 10 May 2027, … to …"
std::string event_in_words(json::Value const& event, Preferences const& preferences);

}  // namespace insighta::portal
