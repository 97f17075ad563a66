#include "booking/services/availability_service.hpp"

#include "booking/domain/policy.hpp"
#include "booking/repositories/availability_repository.hpp"
#include "booking/repositories/claim_repository.hpp"
#include "booking/repositories/trainer_repository.hpp"
#include "booking/services/slot_finder.hpp"
#include "platform/async/when_all.hpp"
#include "platform/outcome/ensure.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace insighta::booking {

namespace {

using namespace std::chrono_literals;

constexpr auto shortest_time_off = 5min;

Result<TrainerId> trainer_of(Caller const& caller) {
  if (caller.trainer_id) return *caller.trainer_id;
  return fail(forbidden("Only trainers have working times"));
}

TimeZone zone_of(std::string_view name) {
  auto const zone = TimeZone::find(name);
  ensure(zone.has_value(), "a stored time zone is in the database of zones");
  return *zone;
}

Result<void> check(Interval const& time_off, Instant now) {
  auto const length = time_off.end - time_off.start;
  std::vector<FieldError> faults;
  if (length < shortest_time_off || length > policy::longest_time_off)
    faults.push_back({"end", "must be 5 minutes to 60 days behind start"});
  else if (time_off.end <= now)
    faults.push_back({"end", "must be in the future"});
  if (faults.empty()) return {};
  return fail(invalid("This time off is not possible", std::move(faults)));
}

Error taken_by(std::vector<ClaimInTheWay> const& claims) {
  auto error = conflict("Something has this time already", "SLOT_TAKEN");
  for (auto const& claim : claims)
    error.fields.push_back(
        {claim.kind == "discovery" ? "discovery_call" : claim.kind,
         fmt::format("{} {}", claim.owner_id.to_string(), to_rfc3339(claim.start))});
  return error;
}

/// In the order in which they are read back.
void sort(std::vector<AvailabilityRule>& rules) {
  std::ranges::sort(rules, {}, [](AvailabilityRule const& rule) {
    return std::tuple{rule.weekday, rule.start_min,
                      rule.valid_from.value_or(LocalDate{
                          std::chrono::year::max(), std::chrono::December, std::chrono::day{31}})};
  });
}

}  // namespace

Task<Result<OwnAvailability>> AvailabilityService::mine(Caller const& caller) {
  CO_TRY(auto const id, trainer_of(caller));
  auto const now = clock_.now();
  Interval const today{now, now};
  auto [trainer, availability] =
      co_await when_all(trainers_.find(id), availability_.find(id, today));
  ensure(trainer.has_value(), "a caller's trainer is there");
  co_return co_await whole(id, trainer->terms.time_zone, std::move(availability.rules), now);
}

Task<Result<OwnAvailability>> AvailabilityService::replace_rules(
    Command const& command, std::vector<AvailabilityRule> rules) {
  CO_TRY(auto const id, trainer_of(command.caller));
  auto faults = faults_of(rules);
  if (!faults.empty()) co_return fail(invalid("These rules are not possible", std::move(faults)));
  // Two replacements take turns, so that neither sees half of the other.
  auto const trainer = co_await trainers_.lock(command.tx, id);
  ensure(trainer.has_value(), "a caller's trainer is there");
  CO_TRY_VOID(co_await availability_.replace_rules(command.tx, id, rules, command.at));
  sort(rules);
  co_return co_await whole(id, trainer->terms.time_zone, std::move(rules), command.at);
}

Task<Result<StoredException>> AvailabilityService::add_exception(
    Command const& command, AvailabilityException const& exception) {
  CO_TRY(auto const id, trainer_of(command.caller));
  auto faults = faults_of(exception);
  if (!faults.empty()) co_return fail(invalid("This exception is not possible", std::move(faults)));
  StoredException const stored{ExceptionId::make(command.at), exception};
  co_await availability_.add_exception(command.tx, id, stored.id, exception);
  co_return stored;
}

Task<Result<void>> AvailabilityService::remove_exception(Command const& command, ExceptionId id) {
  CO_TRY(auto const trainer, trainer_of(command.caller));
  if (!co_await availability_.remove_exception(command.tx, trainer, id))
    co_return fail(not_found("You have no such exception"));
  co_return Result<void>{};
}

Task<Result<TimeOff>> AvailabilityService::add_time_off(Command const& command,
                                                        Interval const& time) {
  CO_TRY(auto const trainer, trainer_of(command.caller));
  CO_TRY_VOID(check(time, command.at));
  auto const id = ClaimId::make(command.at);
  Claim const claim{.id = id,
                    .trainer_id = trainer,
                    .client_id = {},
                    .during = time,
                    .kind = ClaimKind::time_off,
                    .owner_id = id.value,
                    .expires_at = {}};
  // A hold is no appointment yet: renewed again and again it must not keep a trainer at work.
  co_await claims_.free_holds_within(command.tx, trainer, time);
  if (!co_await claims_.take(command.tx, claim, command.at))
    co_return fail(taken_by(co_await availability_.in_the_way(command.tx, trainer, time)));
  co_return TimeOff{id, time};
}

Task<Result<void>> AvailabilityService::remove_time_off(Command const& command, ClaimId id) {
  CO_TRY(auto const trainer, trainer_of(command.caller));
  if (!co_await availability_.remove_time_off(command.tx, trainer, id))
    co_return fail(not_found("You have no such time off"));
  co_return Result<void>{};
}

Task<Result<SlotList>> AvailabilityService::slots(TrainerId id, SlotQuery const& query) {
  auto const length_of_window = query.window.end - query.window.start;
  if (length_of_window <= 0us || length_of_window > policy::longest_slot_query)
    co_return fail(
        invalid("Invalid query parameters", {{"to", "must be behind from, by at most 62 days"}}));
  if (query.time_zone && !TimeZone::find(*query.time_zone))
    co_return fail(
        invalid("Invalid query parameters", {{"tz", "must be a time zone of the IANA database"}}));
  auto const trainer = co_await trainers_.find(id);
  if (!trainer) co_return fail(not_found("Trainer not found"));
  auto const length =
      query.kind == SlotKind::session ? trainer->terms.session_length() : policy::discovery_length;
  auto slots = co_await slots_.find(*trainer, query.window, length, clock_.now());
  co_return SlotList{std::move(slots), zone_of(query.time_zone.value_or(trainer->terms.time_zone))};
}

Task<OwnAvailability> AvailabilityService::whole(TrainerId id, std::string time_zone,
                                                 std::vector<AvailabilityRule> rules, Instant now) {
  auto const today = zone_of(time_zone).date_at(now);
  auto [exceptions, claims] =
      co_await when_all(availability_.exceptions(id, today), claims_.time_off_of(id, now));
  OwnAvailability own{.time_zone = std::move(time_zone),
                      .rules = std::move(rules),
                      .exceptions = std::move(exceptions),
                      .time_off = {}};
  for (auto const& claim : claims) own.time_off.push_back({claim.id, claim.during});
  co_return own;
}

}  // namespace insighta::booking
