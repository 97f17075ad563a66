#pragma once

#include "people.hpp"

#include <chrono>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace insighta::emulator {

/// What the app asked for when it sent somebody here.
struct AuthorizationRequest {
  std::string redirect_uri;
  std::string scope;
  std::string state;
  std::string code_challenge;  ///< S256; empty when none was given
};

struct AccessToken {
  std::int64_t person = 0;
  std::string scope;
};

/// Codes and tokens that are alive. Times are monotonic: the emulator does not follow the
/// development clock, so that signing in works at any time of day that a test has chosen.
class Grants {
 public:
  using Clock = std::chrono::steady_clock;

  /// A page that waits for somebody's decision; the answer is its form's secret, good for one use
  /// within ten minutes.
  std::string open_page(AuthorizationRequest request);
  std::optional<AuthorizationRequest> close_page(std::string const& secret);

  /// 20 hex digits, ten minutes, single use.
  std::string issue_code(std::int64_t person, AuthorizationRequest request);
  struct Code {
    std::int64_t person = 0;
    AuthorizationRequest request;
  };
  std::optional<Code> redeem_code(std::string const& code);

  void note_sign_in(std::int64_t person);
  /// Whether somebody has to look at the page again: after ten sign-ins within an hour.
  bool must_ask(std::int64_t person);

  /// `gho_` and 36 characters. The eleventh for the same person and scope ends the first.
  std::string issue_token(std::int64_t person, std::string scope);
  AccessToken const* find_token(std::string const& token) const;
  bool revoke_token(std::string const& token);
  void revoke_newest();

 private:
  template <class T>
  struct Expiring {
    T value;
    Clock::time_point expires;
  };

  std::map<std::string, Expiring<AuthorizationRequest>> pages_;
  std::map<std::string, Expiring<Code>> codes_;
  std::map<std::int64_t, std::deque<Clock::time_point>> sign_ins_;
  std::map<std::string, AccessToken> tokens_;
  std::string newest_token_;
  std::map<std::pair<std::int64_t, std::string>, std::deque<std::string>> order_;
};

}  // namespace insighta::emulator
