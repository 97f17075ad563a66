#include "identity/domain/signing_key.hpp"

#include <algorithm>
#include <array>

namespace insighta::identity {

namespace {

struct StateWord {
  KeyState state;
  std::string_view word;
};
constexpr std::array state_words = {StateWord{KeyState::published, "published"},
                                    StateWord{KeyState::signing, "signing"},
                                    StateWord{KeyState::retired, "retired"}};

KeyFacts const* first_in(std::vector<KeyFacts> const& keys, KeyState state) {
  auto const found = std::ranges::find(keys, state, &KeyFacts::state);
  return found == keys.end() ? nullptr : &*found;
}

}  // namespace

std::string_view to_string(KeyState state) {
  return std::ranges::find(state_words, state, &StateWord::state)->word;
}

std::optional<KeyState> parse_key_state(std::string_view text) {
  auto const* const found = std::ranges::find(state_words, text, &StateWord::word);
  if (found == state_words.end()) return {};
  return found->state;
}

KeyPlan plan_rotation(std::vector<KeyFacts> const& keys, Instant now,
                      std::chrono::seconds rotation) {
  KeyPlan plan;
  for (auto const& key : keys)
    if (key.state == KeyState::retired && now - key.since >= kept_after_signing)
      plan.drop.push_back(key.kid);
  auto const* const signing = first_in(keys, KeyState::signing);
  auto const* const next = first_in(keys, KeyState::published);
  if (signing == nullptr) {
    if (next != nullptr)
      plan.promote = next->kid;
    else
      plan.make = KeyState::signing;
  } else if (next == nullptr) {
    if (now - signing->since >= rotation - published_before_signing)
      plan.make = KeyState::published;
  } else if (now - next->since >= published_before_signing) {
    plan.retire = signing->kid;
    plan.promote = next->kid;
  }
  return plan;
}

}  // namespace insighta::identity
