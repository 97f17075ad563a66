#include "booking/handlers/review_handlers.hpp"

#include "booking/domain/contact.hpp"
#include "booking/wire/review_json.hpp"
#include "platform/listing/list_query.hpp"

namespace insighta::booking {

using http::error_response;
using identity::Actor;

namespace {

std::optional<std::string> read_text(json::ObjectReader& body) {
  auto text = body.optional_string("text");
  if (text && characters_in(*text) > longest_review)
    body.refuse("text", "must be at most 2000 characters");
  return text;
}

Result<NewReview> read_review(json::Value const& value) {
  json::ObjectReader body(value);
  NewReview review;
  review.booking_id = read_id<BookingId>(body, "booking_id");
  review.rating = static_cast<int>(body.integer("rating", lowest_rating, highest_rating));
  review.text = read_text(body).value_or("");
  TRY_VOID(body.finish());
  return review;
}

Result<ReviewChange> read_change(json::Value const& value) {
  json::ObjectReader body(value);
  ReviewChange change;
  if (auto const rating = body.optional_integer("rating", lowest_rating, highest_rating))
    change.rating = static_cast<int>(*rating);
  change.text = read_text(body);
  TRY_VOID(body.finish());
  if (!change.rating && !change.text) return fail(bad_request("Expected rating or text"));
  return change;
}

}  // namespace

std::vector<GuardedRoute> ReviewHandlers::api_routes() {
  using enum identity::Permission;
  auto const to = [this](auto method) {
    return [this, method](Request& request, Actor const& actor) {
      return (this->*method)(request, actor);
    };
  };
  return {
      {http::Method::get, "/trainers/{id}/reviews", trainers_read, to(&ReviewHandlers::list)},
      {http::Method::post, "/reviews", reviews_write, to(&ReviewHandlers::post)},
      {http::Method::patch, "/reviews/{id}", reviews_write, to(&ReviewHandlers::change)},
  };
}

Task<http::Response> ReviewHandlers::list(Request& request, Actor const&) {
  auto const id = id_of<TrainerId>(request, "Trainer");
  if (!id) co_return error_response(id.error(), request);
  auto const query = listing::ListQuery::read(request, {});
  if (!query) co_return error_response(query.error(), request);
  auto const page = co_await reviews_.list(*id, query->limit(), query->offset());
  if (!page) co_return error_response(page.error(), request);
  co_return fresh_answer(wire::reviews_answer(*page, query->page(page->total)));
}

Task<http::Response> ReviewHandlers::post(Request& request, Actor const& actor) {
  auto const act = [&](Command const& command, NewReview const& wanted) -> Task<Result<Answer>> {
    CO_TRY(auto const review, co_await reviews_.post(command, wanted));
    co_return Answer{201, wire::review_answer(review)};
  };
  co_return co_await answer_write(request, actor, commands_, clock_, read_review, act);
}

Task<http::Response> ReviewHandlers::change(Request& request, Actor const& actor) {
  auto const id = id_of<ReviewId>(request, "Review");
  if (!id) co_return error_response(id.error(), request);
  auto const act = [&](Command const& command, ReviewChange const& wanted) -> Task<Result<Answer>> {
    CO_TRY(auto const review, co_await reviews_.change(command, *id, wanted));
    co_return Answer{200, wire::review_answer(review)};
  };
  co_return co_await answer_write(request, actor, commands_, clock_, read_change, act);
}

}  // namespace insighta::booking
