#include "rest_answers.hpp"

#include "platform/json/writer.hpp"

#include <string>

namespace insighta::emulator {

http::Response rest_message(int status, std::string_view message) {
  std::string body;
  json::Writer{body}
      .begin_object()
      .member("message", message)
      .member("documentation_url", "https://docs.github.com/rest")
      .member("status", std::to_string(status))
      .end_object();
  return http::json_response(status, std::move(body));
}

}  // namespace insighta::emulator
