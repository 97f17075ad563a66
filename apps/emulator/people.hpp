#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>

namespace insighta::emulator {

/// A GitHub account as the emulator knows it.
struct Person {
  std::int64_t id = 0;
  std::string login;
  std::optional<std::string> name;
  std::string email;             ///< primary
  bool has_public_email = true;  ///< else GET /user says null
  bool has_verified_email = true;
  bool is_suspended = false;
  std::string type = "User";  ///< or Organization
};

/// The seeded people of the development mode (spec auth.md section 10) and, on demand, userN for
/// any N up to nine digits, whose id is 100000 + N.
class People {
 public:
  People();

  /// Nothing when there is no such login.
  Person* find(std::string_view login);
  Person* find(std::int64_t id);
  /// A new one is `personN`.
  Person& find_or_add(std::int64_t id);
  /// Everybody seeded or made so far, in that order.
  std::deque<Person> const& all() const { return people_; }

 private:
  std::deque<Person> people_;  // stable addresses
};

}  // namespace insighta::emulator
