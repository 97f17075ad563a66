#include "sign_in/sign_in.hpp"

#include "api/answer_error.hpp"
#include "api/query_string.hpp"
#include "platform/crypto/crypto.hpp"
#include "platform/json/value.hpp"
#include "sign_in/browser.hpp"
#include "sign_in/issuer.hpp"
#include "sign_in/loopback_server.hpp"
#include "sign_in/pages.hpp"
#include "sign_in/redirect.hpp"
#include "terminal/visible_text.hpp"

#include <fmt/format.h>

#include <optional>

namespace insighta::cli {

namespace {

constexpr std::uint16_t usual_port = 9876;
constexpr auto patience = std::chrono::seconds{180};
constexpr auto done_page_patience = std::chrono::seconds{2};

std::string random_text() {
  return crypto::base64url(crypto::random_bytes(32));
}

/// One sign-in under way: its secrets, and what has come of it so far.
class Attempt {
 public:
  Attempt(transfer::Transfers& transfers, SignInOptions const& options, std::string authority)
      : transfers_(transfers),
        options_(options),
        expected_{
            .authority = std::move(authority), .state = random_text(), .issuer = options.issuer} {}

  std::string start_url() const {
    auto const challenge = crypto::sha256(verifier_);
    return options_.issuer + "/oauth/authorize?" +
           form_of({{"response_type", "code"},
                    {"client_id", "insighta-cli"},
                    {"redirect_uri", redirect_uri()},
                    {"state", expected_.state},
                    {"code_challenge", crypto::base64url(crypto::as_bytes(challenge))},
                    {"code_challenge_method", "S256"}});
  }

  std::string answer(std::string_view head) {
    Redirect const redirect = read_request(head, expected_);
    switch (redirect.kind) {
      case RedirectKind::done_page:
        is_done_page_shown_ = is_redeemed();
        return is_redeemed() ? pages::success() : pages::plain(404, "Not found");
      case RedirectKind::elsewhere:
        return pages::plain(404, "Not found");
      case RedirectKind::wrong_method:
        return pages::plain(405, "Only GET");
      case RedirectKind::wrong_host:
      case RedirectKind::unreadable:
        return pages::plain(400, "Not understood");
      case RedirectKind::wrong_state:
        return pages::failure("This page belongs to another sign-in. The terminal still waits.");
      case RedirectKind::wrong_issuer:
      case RedirectKind::refused:
      case RedirectKind::code:
        break;
    }
    decide(redirect);
    return *outcome_ ? pages::redirect_to_done() : pages::failure(outcome_->error().message);
  }

  void take_line(std::string_view line) {
    Redirect const redirect = read_pasted_url(line, expected_);
    bool const is_decision = redirect.kind == RedirectKind::wrong_issuer ||
                             redirect.kind == RedirectKind::refused ||
                             redirect.kind == RedirectKind::code;
    if (is_decision) {
      decide(redirect);
    } else if (line.find_first_not_of(" \t\r") != std::string_view::npos) {
      options_.show(fmt::format("That is not the address of this sign-in; it begins with {}?",
                                redirect_uri()));
    }
  }

  bool is_decided() const { return outcome_.has_value(); }
  bool is_redeemed() const { return outcome_ && outcome_->has_value(); }
  bool is_done_page_shown() const { return is_done_page_shown_; }
  Result<transfer::Answer> outcome() && { return *std::move(outcome_); }

 private:
  std::string redirect_uri() const { return "http://" + expected_.authority + "/callback"; }

  /// The first decision counts: a code is redeemed once.
  void decide(Redirect const& redirect) {
    if (!outcome_) outcome_ = outcome_of(redirect);
  }

  Result<transfer::Answer> outcome_of(Redirect const& redirect) {
    if (redirect.kind == RedirectKind::wrong_issuer) {
      return fail(forbidden("the answer came from another server, so it was not used"));
    }
    if (redirect.kind == RedirectKind::refused) {
      std::string const& reason =
          redirect.description.empty() ? redirect.error : redirect.description;
      return fail(forbidden("the sign-in was refused: " + visible(reason)));
    }
    return redeem(redirect.code);
  }

  Result<transfer::Answer> redeem(std::string const& code) {
    TRY(auto answer,
        transfers_.perform({.method = "POST",
                            .url = options_.issuer + "/oauth/token",
                            .headers = {{"Content-Type", "application/x-www-form-urlencoded"}},
                            .body = form_of({{"grant_type", "authorization_code"},
                                             {"code", code},
                                             {"code_verifier", verifier_},
                                             {"redirect_uri", redirect_uri()},
                                             {"client_id", "insighta-cli"}})}));
    if (answer.is_success()) return answer;
    Error error = error_of(answer);
    // 400 is not about what was typed here: the server does not let this sign-in through.
    if (error.kind == ErrorKind::bad_request) error.kind = ErrorKind::unauthenticated;
    error.message = "the sign-in was refused: " + error.message;
    return fail(std::move(error));
  }

  transfer::Transfers& transfers_;
  SignInOptions const& options_;
  ExpectedRedirect expected_;
  std::string verifier_ = random_text();
  std::optional<Result<transfer::Answer>> outcome_;
  bool is_done_page_shown_ = false;
};

void invite(SignInOptions const& options, std::string const& url, LoopbackServer const& server) {
  if (server.port() != usual_port) {
    options.show(fmt::format("Port {} is in use by another program; waiting on {} instead.",
                             usual_port, server.authority()));
  }
  options.show("Open this address in a browser to sign in:");
  options.show("");
  options.show(url);
  options.show("");
  if (options.takes_pasted_url) {
    options.show("If that browser is on another computer, paste the address it ends at here.");
  }
}

}  // namespace

Result<transfer::Answer> sign_in(transfer::Transfers& transfers, SignInOptions const& options) {
  TRY_VOID(check_issuer(transfers, options.issuer));
  TRY(LoopbackServer server, LoopbackServer::open(usual_port));
  Attempt attempt(transfers, options, server.authority());
  std::string const url = attempt.start_url();
  invite(options, url, server);
  if (options.may_open_browser) open_browser(url);

  bool is_from_terminal = false;
  LoopbackServer::Callbacks callbacks{
      .answer = [&](std::string_view head) { return attempt.answer(head); },
      .on_line = {},
      .is_done = [&] { return attempt.is_decided(); }};
  if (options.takes_pasted_url) {
    callbacks.on_line = [&](std::string_view line) {
      attempt.take_line(line);
      is_from_terminal = attempt.is_decided();
    };
  }
  server.serve(LoopbackServer::SteadyClock::now() + patience, callbacks);
  if (!attempt.is_decided()) {
    return fail(unauthenticated("nobody signed in within three minutes; run 'insighta login' again",
                                "SIGN_IN_TIMEOUT"));
  }
  if (attempt.is_redeemed() && !is_from_terminal) {
    callbacks.on_line = {};
    callbacks.is_done = [&] { return attempt.is_done_page_shown(); };
    server.serve(LoopbackServer::SteadyClock::now() + done_page_patience, callbacks);
  }
  return std::move(attempt).outcome();
}

}  // namespace insighta::cli
