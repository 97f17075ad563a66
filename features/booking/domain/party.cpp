#include "booking/domain/party.hpp"

#include <array>

namespace insighta::booking {

namespace {
constexpr std::array<std::string_view, 4> words = {"client", "trainer", "admin", "system"};
}

std::string_view to_string(Party party) {
  return words[static_cast<std::size_t>(party)];
}

std::optional<Party> parse_party(std::string_view text) {
  for (std::size_t i = 0; i < words.size(); ++i)
    if (words[i] == text) return static_cast<Party>(i);
  return {};
}

std::optional<Party> Caller::part_in(ClientId client, TrainerId trainer) const {
  if (client_id == client) return Party::client;
  if (trainer_id == trainer) return Party::trainer;
  if (is_admin) return Party::admin;
  return {};
}

}  // namespace insighta::booking
