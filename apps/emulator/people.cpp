#include "people.hpp"

#include <algorithm>
#include <charconv>

namespace insighta::emulator {

namespace {

Person person(std::int64_t id, std::string login, std::string name) {
  auto email = login + "@example.org";
  return {.id = id, .login = std::move(login), .name = std::move(name), .email = std::move(email)};
}

std::optional<std::int64_t> user_number(std::string_view login) {
  constexpr std::string_view prefix = "user";
  if (!login.starts_with(prefix)) return {};
  login.remove_prefix(prefix.size());
  if (login.empty() || login.size() > 9 || login.front() == '0') return {};
  std::int64_t number = 0;
  auto const* const end = login.data() + login.size();
  auto const [rest, error] = std::from_chars(login.data(), end, number);
  if (error != std::errc{} || rest != end) return {};
  return number;
}

}  // namespace

People::People() {
  people_ = {person(1001, "ada", "Ada Lovelace"),
             person(1002, "alan", "Alan Turing"),
             person(1003, "tara", "Tara Trainer"),
             person(1004, "theo", "Theo Trainer"),
             person(1005, "cleo", "Cleo Client"),
             person(1006, "carl", "Carl Client"),
             person(2001, "noemail", "No Email"),
             person(2002, "unverified", "Not Verified"),
             person(2003, "nameless", ""),
             person(2004, "mallory", ""),
             person(2005, "grace-new", "Grace Hopper"),
             person(2006, "grace", "Somebody Else"),
             person(9'223'372'036'854'770'001, "huge", "Huge Id"),
             person(2008, "suspended", "Suspended Person"),
             person(2009, "acme", "Acme Corporation")};
  find("noemail")->has_public_email = false;
  find("unverified")->has_verified_email = false;
  find("nameless")->name.reset();
  find("mallory")->name =
      "<script>alert(1)</script>\x1b[31mred\x1b[0m \u202Eelbisrever\r\nX-Injected: yes";
  find("suspended")->is_suspended = true;
  find("acme")->type = "Organization";
}

Person* People::find(std::string_view login) {
  auto const it = std::ranges::find(people_, login, &Person::login);
  if (it != people_.end()) return &*it;
  auto const number = user_number(login);
  if (!number) return nullptr;
  return &people_.emplace_back(
      person(100'000 + *number, std::string{login}, "User " + std::to_string(*number)));
}

Person& People::find_or_add(std::int64_t id) {
  auto* const known = find(id);
  if (known != nullptr) return *known;
  auto const login = "person" + std::to_string(id);
  return people_.emplace_back(person(id, login, login));
}

Person* People::find(std::int64_t id) {
  auto const it = std::ranges::find(people_, id, &Person::id);
  return it == people_.end() ? nullptr : &*it;
}

}  // namespace insighta::emulator
