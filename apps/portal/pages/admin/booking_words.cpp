#include "pages/admin/booking_words.hpp"

#include "backend/answers.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

namespace insighta::portal {

namespace {

using Pair = std::pair<std::string_view, std::string_view>;

constexpr std::pair<std::string_view, StatusWords> statuses[] = {
    {"confirmed", {"confirmed", ""}},
    {"completed", {"completed", "good"}},
    {"cancelled", {"cancelled", "warn"}},
    {"no_show_client", {"client absent", "bad"}},
    {"no_show_trainer", {"trainer absent", "bad"}},
};

constexpr Pair parties[] = {{"client", "the client"},
                            {"trainer", "the trainer"},
                            {"admin", "an admin"},
                            {"system", "the system"}};

constexpr Pair platforms[] = {
    {"google_meet", "Google Meet"}, {"zoom", "Zoom"},         {"phone", "Phone"},
    {"messenger", "Messenger"},     {"whatsapp", "WhatsApp"}, {"imessage", "iMessage"}};

/// Events that need no more than their kind.
constexpr Pair plain_events[] = {{"booked", "Booked"},
                                 {"session_started", "The trainer started the session"},
                                 {"client_joined", "The client joined"},
                                 {"completed", "Completed"}};

template <std::size_t N>
std::string_view word_of(Pair const (&words)[N], std::string_view key) {
  auto const* const found = std::ranges::find(words, key, &Pair::first);
  return found == std::end(words) ? key : found->second;
}

std::chrono::microseconds length_of(json::Value const& object, std::string_view member) {
  return std::chrono::microseconds{integer_of(object, member)};
}

std::string cancellation_in_words(json::Value const& booking) {
  auto const notice = length_of(booking, "decided_notice_us");
  auto const policy = booking.find("policy").value_or(booking);
  auto const window = length_of(policy, "refund_window_us");
  bool const is_near = std::chrono::abs(notice - window) < std::chrono::minutes{1};
  auto const when =
      fmt::format("cancelled by {} {} before the start",
                  party_in_words(text_of(booking, "cancelled_by")), hours(notice, is_near));
  if (text_of(booking, "refund_outcome") != "forfeited") return when + ": the credit went back";
  return fmt::format("{}, which is not more than {}: the credit stays spent", when, hours(window));
}

std::string time_in_words(json::Value const& state, Preferences const& preferences) {
  auto text = text_of(state, "start");
  if (text.empty()) text = text_of(state, "start_at");
  auto const instant = parse_rfc3339(text);
  return instant ? full_time(*instant, preferences) : text;
}

}  // namespace

StatusWords status_in_words(std::string_view status) {
  for (auto const& [name, words] : statuses)
    if (name == status) return words;
  return {status, ""};
}

std::string_view party_in_words(std::string_view party) {
  return word_of(parties, party);
}

std::string_view platform_in_words(std::string_view platform) {
  return word_of(platforms, platform);
}

std::string short_name(std::string_view who, std::string_view id) {
  constexpr std::size_t shown = 6;
  return fmt::format("{} {}", who, id.substr(id.size() - std::min(id.size(), shown)));
}

std::string name_in_words(json::Value const& booking, std::string_view who) {
  auto name = text_of(booking, fmt::format("{}_name", who));
  return name.empty() ? short_name(who, text_of(booking, fmt::format("{}_id", who))) : name;
}

std::string outcome_in_words(json::Value const& booking) {
  auto const status = text_of(booking, "status");
  if (status == "cancelled") return cancellation_in_words(booking);
  if (status == "completed") return "took place: the credit is spent";
  if (status == "no_show_client") return "the client did not come: the credit stays spent";
  if (status == "no_show_trainer") return "the trainer did not come: the credit went back";
  return "none yet: one credit is spent on it";
}

std::string_view credit_in_words(json::Value const& booking) {
  auto const status = text_of(booking, "status");
  if (status == "no_show_trainer") return "went back";
  if (status == "no_show_client") return "stays spent";
  if (status != "cancelled") return "spent";
  return text_of(booking, "refund_outcome") == "forfeited" ? "stays spent" : "went back";
}

std::string event_in_words(json::Value const& event, Preferences const& preferences) {
  auto const kind = text_of(event, "kind");
  auto const before = event.find("before").value_or(event);
  auto const after = event.find("after").value_or(event);
  auto const status = text_of(after, "status");
  if (kind == "rescheduled")
    return fmt::format("Moved from {} to {}", time_in_words(before, preferences),
                       time_in_words(after, preferences));
  if (kind == "cancelled")
    return text_of(after, "refund_outcome") == "forfeited" ? "Cancelled: the credit stays spent"
                                                           : "Cancelled: the credit went back";
  if (kind == "no_show")
    return status == "no_show_client" ? "The client did not come" : "The trainer did not come";
  if (kind == "corrected")
    return fmt::format("Corrected from “{}” to “{}”",
                       status_in_words(text_of(before, "status")).word,
                       status_in_words(status).word);
  return std::string{word_of(plain_events, kind)};
}

}  // namespace insighta::portal
