#include "platform/http/entity_tag.hpp"

#include <gtest/gtest.h>

#include <set>

namespace insighta::http {
namespace {

Response answer_to(std::initializer_list<std::string> if_none_match, std::string body = "{}",
                   Method method = Method::get) {
  Request request;
  request.method = method;
  for (auto const& value : if_none_match) request.headers.add("If-None-Match", value);
  auto response = json_response(200, std::move(body));
  allow_revalidation(response, request);
  return response;
}

std::string tag_of(std::string body) {
  return std::string{answer_to({}, std::move(body)).headers.get("ETag")};
}

TEST(AllowRevalidation, gives_what_is_read_a_tag_and_lets_it_be_kept) {
  auto const response = answer_to({});
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(response.body, "{}");
  EXPECT_TRUE(response.headers.get("ETag").starts_with("W/\""));
  EXPECT_EQ(response.headers.get("Cache-Control"), "private, no-cache");
  EXPECT_EQ(response.headers.get("Vary"), "Accept-Encoding");
}

TEST(AllowRevalidation, answers_304_without_a_body_when_the_tag_is_named) {
  auto const tag = tag_of("{}");
  auto const strong = tag.substr(2);
  for (auto const& list : {tag, strong, std::string{"*"}, "\"x,y\" , " + tag, tag + ", \"z\"",
                           ",, " + strong, "\t" + tag})
    for (auto const method : {Method::get, Method::head}) {
      auto const response = answer_to({list}, "{}", method);
      EXPECT_EQ(response.status, 304) << list;
      EXPECT_EQ(response.body, "");
      EXPECT_FALSE(response.headers.has("Content-Type"));
      EXPECT_EQ(response.headers.get("ETag"), tag);
      EXPECT_EQ(response.headers.get("Cache-Control"), "private, no-cache");
      EXPECT_EQ(response.headers.get("Vary"), "Accept-Encoding");
    }
  EXPECT_EQ(answer_to({"\"x\"", tag}).status, 304) << "in the second of two fields";
}

TEST(AllowRevalidation, answers_in_full_when_another_tag_or_none_is_named) {
  auto const tag = tag_of("{}");
  auto const bare = tag.substr(3, tag.size() - 4);
  for (auto const& list :
       std::initializer_list<std::string>{"", ",", "\"x\"", bare, "\"" + bare, "w/\"" + bare + "\"",
                                          "x " + tag, "\"x\" *", "\"a" + tag.substr(3)})
    EXPECT_EQ(answer_to({list}).status, 200) << list;
}

TEST(AllowRevalidation, leaves_other_answers_and_methods_alone) {
  Request request;
  request.headers.add("If-None-Match", "*");
  auto missing = json_response(404, "{}");
  allow_revalidation(missing, request);
  EXPECT_EQ(missing.status, 404);
  EXPECT_FALSE(missing.headers.has("ETag"));
  EXPECT_FALSE(answer_to({"*"}, "{}", Method::post).headers.has("ETag"));
}

TEST(AllowRevalidation, tells_texts_apart_that_differ_in_one_place) {
  std::set<std::string> tags;
  std::size_t texts = 0;
  for (std::size_t size = 0; size < 70; ++size)
    for (std::size_t place = 0; place <= size; ++place) {
      std::string text(size, '\0');
      if (place < size) text[place] = 'x';
      tags.insert(tag_of(text));
      ++texts;
    }
  EXPECT_EQ(tags.size(), texts);
}

}  // namespace
}  // namespace insighta::http
