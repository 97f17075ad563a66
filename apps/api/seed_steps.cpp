#ifdef INSIGHTA_DEVELOPMENT

#include "seed_steps.hpp"

#include "booking/domain/policy.hpp"

#include <algorithm>

namespace insighta::api {

namespace {

using namespace std::chrono_literals;
using booking::Command;

/// A trainer's week has a free start in less.
constexpr std::chrono::days search{14};
/// How long before their time calls are booked.
constexpr std::chrono::hours call_notice{48};

booking::Contact reached(identity::Actor const& client) {
  return {booking::ContactMode::zoom, client.user_id.to_string() + "@example.org"};
}

}  // namespace

void SeedSteps::refuse(Instant at, Error const& error) {
  throw std::runtime_error(
      fmt::format("a seeded step of {} was refused: {}: {}{}", to_rfc3339(at), error.code,
                  error.message, error.fields.empty() ? "" : " (" + error.fields[0].message + ")"));
}

Task<booking::Trainer> SeedSteps::make_trainer(Actor const& person,
                                               booking::TermsChange const& terms,
                                               std::vector<booking::AvailabilityRule> const& rules,
                                               Instant at) {
  auto const applied = co_await write<booking::Trainer>(person, at, [&](Command const& command) {
    return use_cases_.trainers.apply(command, terms);
  });
  co_await write<booking::Trainer>(admin_, at + 1h, [&](Command const& command) {
    return use_cases_.trainers.decide(command, applied.id, booking::Onboarding::approved, {});
  });
  co_await write<booking::OwnAvailability>(person, at + 2h, [&](Command const& command) {
    return use_cases_.availability.replace_rules(command, rules);
  });
  booking::TrainerChange const opened{.terms = {}, .is_available = true};
  co_return co_await write<booking::Trainer>(person, at + 2h, [&](Command const& command) {
    return use_cases_.trainers.change(command, applied.id, opened);
  });
}

Task<void> SeedSteps::make_client(Actor const& person, booking::WantedProfile const& profile,
                                  Instant at) {
  co_await write<booking::StoredProfile>(person, at, [&](Command const& command) {
    return use_cases_.clients.put_mine(command, profile, {});
  });
}

Task<void> SeedSteps::block_date(Actor const& trainer, booking::LocalDate date, Instant at) {
  booking::AvailabilityException const blocked{.date = date};
  co_await write<booking::StoredException>(trainer, at, [&](Command const& command) {
    return use_cases_.availability.add_exception(command, blocked);
  });
}

Task<void> SeedSteps::take_time_off(Actor const& trainer, booking::Interval const& time,
                                    Instant at) {
  co_await write<booking::TimeOff>(trainer, at, [&](Command const& command) {
    return use_cases_.availability.add_time_off(command, time);
  });
}

Task<Instant> SeedSteps::free_start(booking::Trainer const& trainer, Instant from, Instant at,
                                    std::chrono::minutes length) {
  booking::Interval const window{from, from + search};
  auto const free = co_await use_cases_.slots.find(trainer, window, length, at);
  if (free.empty())
    throw std::runtime_error(
        fmt::format("{} has no free time from {} on", trainer.name, to_rfc3339(from)));
  co_return free.front().start;
}

Task<booking::DiscoveryCall> SeedSteps::book_call(Actor const& client,
                                                  booking::Trainer const& trainer, Instant from,
                                                  std::string const& goals) {
  auto const at = from - call_notice;
  auto const start = co_await free_start(trainer, from, at, booking::policy::discovery_length);
  booking::NewCall const wanted{.trainer_id = trainer.id,
                                .start = start,
                                .contact = reached(client),
                                .goals = goals,
                                .client_id = {}};
  co_return co_await write<booking::DiscoveryCall>(
      client, at, [&](Command const& command) { return use_cases_.calls.book(command, wanted); });
}

Task<void> SeedSteps::complete_call(Actor const& trainer, booking::DiscoveryCall const& call,
                                    std::string const& notes) {
  co_await write<booking::DiscoveryCall>(trainer, call.time.end, [&](Command const& command) {
    return use_cases_.calls.complete(command, call.id, notes);
  });
}

Task<void> SeedSteps::report_missed_call(Actor const& person, booking::DiscoveryCall const& call) {
  auto const at = call.time.start + booking::policy::discovery_no_show_after;
  co_await write<booking::DiscoveryCall>(person, at, [&](Command const& command) {
    return use_cases_.calls.report_no_show(command, call.id);
  });
}

Task<booking::Subscription> SeedSteps::ask_for_credits(Actor const& client,
                                                       booking::Trainer const& trainer,
                                                       std::string_view plan, Instant at) {
  booking::Caller const anybody{.user_id = client.user_id, .client_id = {}, .trainer_id = {}};
  auto const plans = (co_await use_cases_.plans.list(anybody, false)).value();
  auto const wanted = std::ranges::find(plans, plan, &booking::Plan::name);
  if (wanted == plans.end()) throw std::runtime_error(fmt::format("there is no plan {}", plan));
  booking::Purchase const purchase{
      .client_id = {}, .trainer_id = trainer.id, .plan_id = wanted->id, .provider_ref = {}};
  co_return co_await write<booking::Subscription>(client, at, [&](Command const& command) {
    return use_cases_.subscriptions.buy(command, purchase);
  });
}

Task<void> SeedSteps::buy_credits(Actor const& client, booking::Trainer const& trainer,
                                  std::string_view plan, Instant at) {
  auto const asked = co_await ask_for_credits(client, trainer, plan, at);
  auto const receipt = "receipt " + asked.id.to_string();
  co_await write<booking::Subscription>(admin_, at + 1h, [&](Command const& command) {
    return use_cases_.subscriptions.record_payment(command, asked.id, receipt);
  });
}

Task<booking::Booking> SeedSteps::book(Actor const& client, booking::Trainer const& trainer,
                                       Instant from, Instant at) {
  auto const start = co_await free_start(trainer, from, at, trainer.terms.session_length());
  booking::NewBooking const wanted{.wish = {.trainer_id = trainer.id,
                                            .contact = reached(client),
                                            .client_tz = trainer.terms.time_zone,
                                            .subscription_id = {},
                                            .client_id = {}},
                                   .start = start};
  auto done = co_await write<booking::MadeBooking>(client, at, [&](Command const& command) {
    return use_cases_.bookings.book(command, wanted);
  });
  co_return std::move(done.booking);
}

Task<void> SeedSteps::cancel(Actor const& person, booking::Booking const& made,
                             std::string const& reason, Instant at) {
  booking::CancellationWish const wish{.reason = reason, .notes = {}};
  co_await write<booking::CancelledBooking>(person, at, [&](Command const& command) {
    return use_cases_.changes.cancel(command, made.id, wish);
  });
}

Task<void> SeedSteps::move(Actor const& person, booking::Trainer const& trainer,
                           booking::Booking const& made, Instant from, Instant at) {
  auto const start = co_await free_start(trainer, from, at, trainer.terms.session_length());
  booking::NewTime const wanted{start, "A day at work"};
  co_await write<booking::Booking>(person, at, [&](Command const& command) {
    return use_cases_.changes.reschedule(command, made.id, wanted);
  });
}

Task<void> SeedSteps::hold_session(Actor const& trainer, Actor const& client,
                                   booking::Booking const& made, std::string const& notes) {
  using booking::Attendance;
  auto& sessions = use_cases_.sessions;
  auto const id = made.session_id;
  co_await write<Attendance>(trainer, made.time.start - 5min,
                             [&](Command const& command) { return sessions.start(command, id); });
  co_await write<Attendance>(client, made.time.start - 1min,
                             [&](Command const& command) { return sessions.join(command, id); });
  co_await write<Attendance>(trainer, made.time.end, [&](Command const& command) {
    return sessions.complete(command, id);
  });
  co_await write<Attendance>(trainer, made.time.end + 10min, [&](Command const& command) {
    return sessions.write_notes(command, id, notes);
  });
}

Task<void> SeedSteps::miss_session(Actor const& trainer, booking::Booking const& made) {
  auto& sessions = use_cases_.sessions;
  auto const& start = made.time.start;
  co_await write<booking::Attendance>(trainer, start, [&](Command const& command) {
    return sessions.start(command, made.session_id);
  });
  co_await write<booking::ClosedBooking>(
      trainer, start + booking::policy::no_show_after + 1min,
      [&](Command const& command) { return sessions.report_no_show(command, made.id); });
}

Task<void> SeedSteps::review(Actor const& client, booking::Booking const& made, int rating,
                             std::string const& text, Instant at) {
  booking::NewReview const wanted{made.id, rating, text};
  co_await write<booking::Review>(
      client, at, [&](Command const& command) { return use_cases_.reviews.post(command, wanted); });
}

}  // namespace insighta::api

#endif
