#include "booking/wire/review_json.hpp"

#include "platform/json/writer.hpp"

namespace insighta::booking::wire {

namespace {

void write_review(json::Writer& writer, Review const& review) {
  writer.begin_object()
      .member("id", review.id.to_string())
      .member("booking_id", review.booking_id.to_string())
      .member("client_id", review.client_id.to_string())
      .member("client_name", review.client_name)
      .member("trainer_id", review.trainer_id.to_string())
      .member("rating", review.rating)
      .member("text", review.text)
      .member("created_at", to_rfc3339(review.created_at))
      .member("updated_at", to_rfc3339(review.updated_at))
      .end_object();
}

}  // namespace

std::string review_answer(Review const& review) {
  std::string body;
  json::Writer writer(body);
  writer.begin_object().member("status", "success").key("data");
  write_review(writer, review);
  writer.end_object();
  return body;
}

std::string reviews_answer(ReviewPage const& reviews, listing::ListPage const& page) {
  std::string body;
  json::Writer writer(body);
  writer.begin_object().member("status", "success");
  listing::write_page(writer, page);
  writer.key("data").begin_array();
  for (auto const& review : reviews.reviews) write_review(writer, review);
  writer.end_array().end_object();
  return body;
}

}  // namespace insighta::booking::wire
