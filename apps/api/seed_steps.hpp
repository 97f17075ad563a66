#pragma once

#include "booking_parts.hpp"

#include <fmt/format.h>

#include <chrono>
#include <functional>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace insighta::api {

/// What seeded people do, each thing at an instant of its own, mostly a past one. Throws when the
/// services refuse it.
class SeedSteps {
 public:
  using Actor = identity::Actor;

  SeedSteps(BookingParts::UseCases use_cases, Actor const& admin)
      : use_cases_(use_cases), admin_(admin) {}

  /// Approved, available, and at work by these rules.
  Task<booking::Trainer> make_trainer(Actor const& person, booking::TermsChange const& terms,
                                      std::vector<booking::AvailabilityRule> const& rules,
                                      Instant at);
  Task<void> make_client(Actor const& person, booking::WantedProfile const& profile, Instant at);
  Task<void> block_date(Actor const& trainer, booking::LocalDate date, Instant at);
  Task<void> take_time_off(Actor const& trainer, booking::Interval const& time, Instant at);

  /// The first free start from `from` on, as somebody sees it who asks at `at`.
  Task<Instant> free_start(booking::Trainer const& trainer, Instant from, Instant at,
                           std::chrono::minutes length);

  /// Within two days of `from`, booked two days before that.
  Task<booking::DiscoveryCall> book_call(Actor const& client, booking::Trainer const& trainer,
                                         Instant from, std::string const& goals);
  Task<void> complete_call(Actor const& trainer, booking::DiscoveryCall const& call,
                           std::string const& notes);
  Task<void> report_missed_call(Actor const& person, booking::DiscoveryCall const& call);

  /// Asked for, but not paid.
  Task<booking::Subscription> ask_for_credits(Actor const& client, booking::Trainer const& trainer,
                                              std::string_view plan, Instant at);
  /// Asked for by the client, and paid within the hour.
  Task<void> buy_credits(Actor const& client, booking::Trainer const& trainer,
                         std::string_view plan, Instant at);

  /// The first free start from `from` on, booked at `at`.
  Task<booking::Booking> book(Actor const& client, booking::Trainer const& trainer, Instant from,
                              Instant at);
  Task<void> cancel(Actor const& person, booking::Booking const& made, std::string const& reason,
                    Instant at);
  /// To the first free start from `from` on.
  Task<void> move(Actor const& person, booking::Trainer const& trainer,
                  booking::Booking const& made, Instant from, Instant at);

  /// Both come, and the trainer writes notes.
  Task<void> hold_session(Actor const& trainer, Actor const& client, booking::Booking const& made,
                          std::string const& notes);
  /// The trainer comes, the client does not.
  Task<void> miss_session(Actor const& trainer, booking::Booking const& made);
  Task<void> review(Actor const& client, booking::Booking const& made, int rating,
                    std::string const& text, Instant at);

 private:
  template <class T>
  using Step = std::function<Task<Result<T>>(booking::Command const&)>;

  /// One write as `person`, at `at`.
  template <class T>
  Task<T> write(Actor const& person, Instant at, Step<T> step) {
    std::optional<T> outcome;
    auto const body = [&](booking::Command const& command) -> Task<Result<booking::Answer>> {
      CO_TRY(outcome, co_await step(command));
      co_return booking::Answer{};
    };
    auto const answer = co_await use_cases_.commands.run({.actor = person, .at = at}, {}, body);
    if (!answer) refuse(at, answer.error());
    co_return *std::move(outcome);
  }
  [[noreturn]] static void refuse(Instant at, Error const& error);

  BookingParts::UseCases use_cases_;
  Actor const& admin_;
};

}  // namespace insighta::api
