#include "booking/handlers/availability_handlers.hpp"
#include "booking/handlers/client_profile_handlers.hpp"
#include "booking/handlers/handler_fixture.hpp"
#include "booking/handlers/trainer_handlers.hpp"

#include <gmock/gmock.h>

namespace insighta::booking {
namespace {

using enum http::Method;
using ::testing::HasSubstr;

class TrainerEndpoints : public HandlerTest {
 protected:
  TrainerEndpoints() {
    serve(trainer_handlers.api_routes());
    serve(profile_handlers.api_routes());
    serve(availability_handlers.api_routes());
  }

  TrainerHandlers trainer_handlers{commands, trainer_service, clock};
  ClientProfileHandlers profile_handlers{commands, profile_service, clock};
  AvailabilityHandlers availability_handlers{commands, availability_service, clock};
  User const boss = an_admin();
  User const ada = person("ada");
};

TEST_F(TrainerEndpoints, take_a_trainer_from_application_to_slots) {
  auto const applied =
      ask(ada, post, "/trainers", R"({"time_zone":"America/New_York","specialisations":["yoga"]})");
  ASSERT_EQ(applied.status, 201);
  auto const path = "/trainers/" + text_in(applied, "id");
  EXPECT_EQ(summary(ask(boss, post, path + "/approve")), "200");
  EXPECT_EQ(summary(ask(ada, patch, path, R"({"is_available":true,"min_notice_minutes":0})", "",
                        R"("2")")),
            "200");
  EXPECT_EQ(summary(ask(ada, put, "/trainers/me/availability",
                        R"({"rules":[{"weekday":0,"start_min":540,"end_min":1020}]})")),
            "200");
  auto const slots =
      ask(boss, get, path + "/slots?from=2027-01-03T00:00:00Z&to=2027-01-04T00:00:00Z");
  EXPECT_EQ(data_of(slots).items().size(), 8U);
  EXPECT_THAT(slots.body, HasSubstr(R"("local_start":"2027-01-03T09:00:00-05:00")"));
  auto const in_utc =
      ask(boss, get, path + "/slots?from=2027-01-03T00:00:00Z&to=2027-01-04T00:00:00Z&tz=Etc/UTC");
  EXPECT_THAT(in_utc.body, HasSubstr(R"("local_start":"2027-01-03T14:00:00+00:00")"));
  auto const list = ask(ada, get, "/trainers?specialisation=yoga&limit=5");
  EXPECT_THAT(list.body, HasSubstr(R"("next_slot":"2027-01-03T14:00:00Z")"));
  EXPECT_THAT(list.body, HasSubstr(R"(/api/v1/trainers?page=1&limit=5&specialisation=yoga)"));
  EXPECT_EQ(text_in(ask(ada, get, "/trainers/me"), "id"), text_in(applied, "id"));
}

TEST_F(TrainerEndpoints, name_what_is_wrong_with_an_application) {
  auto const apply = [&](std::string body) {
    return summary(ask(ada, post, "/trainers", std::move(body)));
  };
  EXPECT_EQ(apply("{}"), "400 MISSING_FIELD time_zone");
  EXPECT_EQ(apply(R"({"time_zone":"Mars/Base","slot_step":7})"),
            "422 VALIDATION_FAILED time_zone slot_step");
  EXPECT_EQ(apply(R"({"time_zone":"UTC","gap_minutes":"1","specialisations":"yoga"})"),
            "422 VALIDATION_FAILED gap_minutes specialisations");
  EXPECT_EQ(apply(R"({"time_zone":"UTC","max_advance_days":366})"),
            "422 VALIDATION_FAILED max_advance_days");
}

TEST_F(TrainerEndpoints, answer_an_application_that_comes_again_with_its_key_the_same) {
  auto const* const body = R"({"time_zone":"UTC"})";
  auto const first = ask(ada, post, "/trainers", body, "key");
  auto const again = ask(ada, post, "/trainers", body, "key");
  EXPECT_EQ(again.status, 201);
  EXPECT_EQ(again.body, first.body);
  EXPECT_EQ(again.headers.get("ETag"), R"("1")");
  EXPECT_EQ(summary(ask(ada, post, "/trainers", body)), "409 TRAINER_EXISTS");
}

TEST_F(TrainerEndpoints, refuse_parameters_that_there_are_not) {
  auto const trainer = a_trainer("bob");
  auto const slots = "/trainers/" + trainer.profile.id.to_string() + "/slots";
  auto const from = std::string{"?from=2027-01-03T00:00:00Z"};
  EXPECT_EQ(summary(ask(ada, get, slots)), "400 MISSING_FIELD from to");
  EXPECT_EQ(summary(ask(ada, get, slots + from + "&to=tomorrow")), "422 VALIDATION_FAILED to");
  EXPECT_EQ(summary(ask(ada, get, slots + from + "&to=2027-01-03T00:00:00Z")),
            "422 VALIDATION_FAILED to");
  EXPECT_EQ(summary(ask(ada, get, slots + from + "&to=2027-01-04T00:00:00Z&kind=x&page=1")),
            "422 VALIDATION_FAILED page kind");
  EXPECT_EQ(summary(ask(ada, get, slots + from + "&to=2027-01-04T00:00:00Z&tz=Mars/Base")),
            "422 VALIDATION_FAILED tz");
  EXPECT_EQ(summary(ask(ada, get, "/trainers?specialisation=swimming")),
            "422 VALIDATION_FAILED specialisation");
  EXPECT_EQ(summary(ask(ada, get, "/trainers/7")), "404 NOT_FOUND");
  EXPECT_EQ(summary(ask(ada, get, "/trainers/me")), "404 NOT_FOUND");
}

TEST_F(TrainerEndpoints, name_the_rule_and_the_member_that_is_wrong) {
  auto const user = a_trainer("bob").user;
  auto const replace = [&](std::string body) {
    return summary(ask(user, put, "/trainers/me/availability", std::move(body)));
  };
  EXPECT_EQ(replace("{}"), "400 MISSING_FIELD rules");
  EXPECT_EQ(replace(R"({"rules":[{"weekday":7,"start_min":0,"end_min":60}]})"),
            "422 VALIDATION_FAILED rules[0].weekday");
  EXPECT_EQ(replace(R"({"rules":[{"weekday":1,"start_min":0,"end_min":60},
                                 {"weekday":1,"start_min":30,"end_min":90}]})"),
            "422 VALIDATION_FAILED rules[1]");
  EXPECT_EQ(replace(R"({"rules":[{"weekday":1,"start_min":0,"end_min":60,
                                  "valid_from":"2027-02-30"}]})"),
            "422 VALIDATION_FAILED rules[0].valid_from");
  EXPECT_EQ(replace(R"({"rules":[7]})"), "422 VALIDATION_FAILED rules[0]");
}

TEST_F(TrainerEndpoints, add_and_remove_exceptions_and_time_off) {
  auto const user = a_trainer("bob").user;
  auto const exception =
      ask(user, post, "/trainers/me/exceptions", R"({"date":"2027-01-05","kind":"block"})");
  ASSERT_EQ(exception.status, 201);
  auto const time_off = ask(user, post, "/trainers/me/time-off",
                            R"({"start":"2027-01-06T00:00:00Z","end":"2027-01-07T00:00:00Z"})");
  ASSERT_EQ(time_off.status, 201);
  auto const own = ask(user, get, "/trainers/me/availability").body;
  EXPECT_THAT(own, HasSubstr(text_in(exception, "id")));
  EXPECT_THAT(own, HasSubstr(text_in(time_off, "id")));
  for (auto const& path : {"/trainers/me/exceptions/" + text_in(exception, "id"),
                           "/trainers/me/time-off/" + text_in(time_off, "id")}) {
    EXPECT_EQ(summary(ask(user, del, path)), "204");
    EXPECT_EQ(summary(ask(user, del, path)), "404 NOT_FOUND");
  }
  EXPECT_EQ(
      summary(ask(user, post, "/trainers/me/exceptions", R"({"date":"5.1.2027","kind":"closed"})")),
      "422 VALIDATION_FAILED date kind");
}

TEST_F(TrainerEndpoints, keep_a_client_profile) {
  EXPECT_EQ(summary(ask(ada, get, "/clients/me")), "404 NOT_FOUND");
  auto const* const body = R"({"display_name":"Ada","time_zone":"UTC","phone":null})";
  auto const made = ask(ada, put, "/clients/me", body);
  EXPECT_EQ(made.status, 201);
  EXPECT_EQ(summary(ask(ada, put, "/clients/me", body, "", R"("1")")), "200");
  EXPECT_EQ(summary(ask(ada, put, "/clients/me", body, "", R"("1")")), "412 STALE_VERSION");
  EXPECT_EQ(ask(ada, get, "/clients/me").headers.get("ETag"), R"("2")");
  auto const path = "/clients/" + text_in(made, "id");
  EXPECT_EQ(summary(ask(boss, get, path)), "200");
  EXPECT_EQ(summary(ask(person("eve"), get, path)), "403 FORBIDDEN");
  EXPECT_EQ(summary(ask(ada, put, "/clients/me", R"({"display_name":"","time_zone":"UTC"})")),
            "400 MISSING_FIELD display_name");
}

}  // namespace
}  // namespace insighta::booking
