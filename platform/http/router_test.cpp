#include "platform/http/router.hpp"

#include "platform/async/event_loop.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace insighta::http {
namespace {

using ::testing::HasSubstr;

Handler saying(std::string word) {
  return [word = std::move(word)](Request& request) -> Task<Response> {
    auto text = word;
    for (auto const& [name, value] : request.parameters) text.append(" ").append(value);
    co_return text_response(200, text);
  };
}

class RouterTest : public ::testing::Test {
 protected:
  RouterTest() {
    using enum Method;
    router_.add({get, "/healthz", saying("healthy")});
    router_.add_api({get, "/profiles", saying("list")});
    router_.add_api({post, "/profiles", saying("create")});
    router_.add_api({get, "/profiles/{id}", saying("one")});
    router_.add_api({get, "/profiles/search", saying("search")});
    router_.add_api({get, "/profiles/{id}/notes/{note}", saying("note")});
    router_.add_api({get, "/users/me", saying("me")}, false);
  }

  Response ask(Method method, std::string target, std::string version = "") {
    Request request;
    request.method = method;
    request.target = std::move(target);
    request.path = request.target;
    if (!version.empty()) request.headers.add("X-API-Version", version);
    std::optional<Response> response;
    auto const run = [](Router const& router, Request& asked,
                        std::optional<Response>& into) -> Task<void> {
      into = co_await router.handle(asked);
    };
    EventLoop loop;
    loop.run_until_done(run(router_, request, response));
    route_ = request.route;
    return std::move(*response);
  }

  Router router_;
  std::string route_;
};

TEST_F(RouterTest, prefers_a_literal_to_a_name) {
  EXPECT_EQ(ask(Method::get, "/api/v1/profiles/search").body, "search");
  EXPECT_EQ(ask(Method::get, "/api/v1/profiles/7").body, "one 7");
  EXPECT_EQ(route_, "/api/v1/profiles/{id}");
  EXPECT_EQ(ask(Method::get, "/api/v1/profiles/a%20b/notes/%C3%A9").body, "note a b \u00e9");
}

TEST_F(RouterTest, falls_back_from_a_literal_that_leads_nowhere) {
  EXPECT_EQ(ask(Method::get, "/api/v1/profiles/search/notes/1").body, "note search 1");
}

TEST_F(RouterTest, wants_the_version_header_without_v1) {
  EXPECT_EQ(ask(Method::get, "/api/profiles", "1").body, "list");
  for (auto const* version : {"", "2", "1.0"}) {
    auto const response = ask(Method::get, "/api/profiles", version);
    EXPECT_EQ(response.status, 400);
    EXPECT_THAT(response.body, HasSubstr("API version header required"));
  }
  EXPECT_EQ(ask(Method::get, "/api/nothing").status, 400);
  EXPECT_EQ(ask(Method::get, "/api/users/me").body, "me");
}

TEST_F(RouterTest, answers_options_before_the_version) {
  auto const response = ask(Method::options, "/api/profiles");
  EXPECT_EQ(response.status, 204);
  EXPECT_EQ(response.headers.get("Allow"), "GET, HEAD, POST, OPTIONS");
  EXPECT_EQ(response.headers.get("Access-Control-Allow-Origin"), "*");
  EXPECT_FALSE(ask(Method::options, "/healthz").headers.has("Access-Control-Allow-Origin"));
}

TEST_F(RouterTest, names_the_methods_that_a_path_has) {
  auto const response = ask(Method::del, "/api/v1/profiles");
  EXPECT_EQ(response.status, 405);
  EXPECT_EQ(response.headers.get("Allow"), "GET, HEAD, POST, OPTIONS");
}

TEST_F(RouterTest, gives_head_to_the_get_route) {
  EXPECT_EQ(ask(Method::head, "/healthz").status, 200);
}

TEST_F(RouterTest, does_not_know_other_paths) {
  for (auto const* path : {"/", "/health", "/healthz/", "/api/v1", "/api/v1/profiles/", "/apix"})
    EXPECT_EQ(ask(Method::get, path).status, 404) << path;
  EXPECT_EQ(ask(Method::get, "/api/v1/profiles/%ff").status, 400);
}

}  // namespace
}  // namespace insighta::http
