#include "booking/domain/party.hpp"

#include <gtest/gtest.h>

namespace insighta::booking {
namespace {

Instant const some_time{};

TEST(APart, follows_from_the_appointment) {
  auto const client = ClientId::make(some_time);
  auto const trainer = TrainerId::make(some_time);
  Caller const both{.user_id = {}, .client_id = client, .trainer_id = trainer, .is_admin = true};
  EXPECT_EQ(both.part_in(client, TrainerId::make(some_time)), Party::client);
  EXPECT_EQ(both.part_in(ClientId::make(some_time), trainer), Party::trainer);
  EXPECT_EQ(both.part_in(ClientId::make(some_time), TrainerId::make(some_time)), Party::admin);
}

TEST(APart, is_none_for_strangers) {
  Caller const stranger{.user_id = {},
                        .client_id = ClientId::make(some_time),
                        .trainer_id = TrainerId::make(some_time)};
  EXPECT_FALSE(stranger.part_in(ClientId::make(some_time), TrainerId::make(some_time)));
  EXPECT_FALSE(Caller{}.part_in(ClientId::make(some_time), TrainerId::make(some_time)));
}

TEST(AParty, is_read_and_written_the_same) {
  for (auto const party : {Party::client, Party::trainer, Party::admin, Party::system})
    EXPECT_EQ(parse_party(to_string(party)), party);
  EXPECT_FALSE(parse_party("analyst"));
}

}  // namespace
}  // namespace insighta::booking
