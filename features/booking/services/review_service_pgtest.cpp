#include "booking/services/appointment_fixture.hpp"

namespace insighta::booking {
namespace {

using namespace std::chrono_literals;

class Reviews : public AppointmentTest {
 protected:
  Result<Review> post(Client const& client, Booking const& booking, int rating) {
    NewReview const wanted{.booking_id = booking.id, .rating = rating, .text = "good"};
    return await(acting<Review>(
        client.actor, [&](Command const& command) { return reviews.post(command, wanted); }));
  }
  Result<Review> edit(Client const& client, Review const& review, ReviewChange const& wanted) {
    return await(acting<Review>(client.actor, [&](Command const& command) {
      return reviews.change(command, review.id, wanted);
    }));
  }
  Trainer trainer() { return await(trainers.find(trainer_id)).value(); }

  Instant const ten = *parse_rfc3339("2027-05-10T10:00:00Z");
};

TEST_F(Reviews, are_for_the_client_of_a_completed_booking_once) {
  auto const open = a_booking(cleo, ten);
  EXPECT_EQ(code(post(cleo, open, 5)), "VALIDATION_FAILED");
  clock.set(ten);
  start(open).value();
  complete(open).value();
  EXPECT_EQ(code(post(carl, open, 1)), "FORBIDDEN");
  EXPECT_EQ(post(cleo, open, 4).value().client_name, "cleo");
  EXPECT_EQ(code(post(cleo, open, 5)), "REVIEW_EXISTS");
  EXPECT_EQ(trainer().rating_count, 1);
}

TEST_F(Reviews, sum_up_exactly_also_after_changes) {
  auto const first = post(cleo, a_completed_booking(cleo, ten), 5).value();
  auto const second = post(carl, a_completed_booking(carl, ten + 2h), 2).value();
  EXPECT_EQ(trainer().rating_sum, 7);
  EXPECT_EQ(code(edit(carl, second, {.rating = 4, .text = {}})), "granted");
  EXPECT_EQ(code(edit(carl, first, {.rating = 1, .text = {}})), "FORBIDDEN");
  EXPECT_EQ(trainer().rating_sum, 9);
  EXPECT_EQ(trainer().rating_count, 2);
  auto const page = await(reviews.list(trainer_id, 1, 0)).value();
  EXPECT_EQ(page.total, 2);
  EXPECT_EQ(page.reviews.at(0).id, second.id);
  EXPECT_EQ(page.reviews.at(0).rating, 4);
  EXPECT_EQ(page.reviews.at(0).text, "good");
}

TEST_F(Reviews, can_be_changed_for_14_days) {
  auto const review = post(cleo, a_completed_booking(cleo, ten), 5).value();
  clock.set(review.created_at + 14 * 24h);
  EXPECT_EQ(edit(cleo, review, {.rating = {}, .text = "very good"}).value().rating, 5);
  clock.advance(1us);
  EXPECT_EQ(code(edit(cleo, review, {.rating = 1, .text = {}})), "TOO_LATE");
}

}  // namespace
}  // namespace insighta::booking
