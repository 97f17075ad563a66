#pragma once

#include "platform/http/body_stream.hpp"
#include "platform/http/headers.hpp"

#include <memory>
#include <string>

namespace insighta::http {

/// One response; a stream is sent chunked. Content-Length, Date, X-Request-Id, compression
/// and the answer to HEAD are the server's business.
struct Response {
  int status = 200;
  Headers headers = {};
  std::string body = {};
  std::unique_ptr<BodyStream> stream = nullptr;
};

Response json_response(int status, std::string body);
Response html_response(int status, std::string body);
Response text_response(int status, std::string body);
/// 302 or 303 with Location; 303 unless said otherwise.
Response redirect(std::string location, int status = 303);
Response no_content();

/// Appends Set-Cookie.
struct Cookie {
  std::string name;
  std::string value;
  std::string path = "/";
  std::string same_site = "Lax";  ///< Strict, Lax
  std::optional<std::int64_t> max_age_seconds;
  bool is_secure = true;
  bool is_http_only = true;
};
void set_cookie(Response& response, Cookie const& cookie);

/// The status of an error's kind: the one table of the product, read in both directions.
int status_of(ErrorKind kind);
ErrorKind kind_of(int status);

/// The error envelope of the API (spec api.md section 1), with Retry-After and WWW-Authenticate
/// where they belong.
Response error_response(Error const& error, std::string_view request_id);
/// The other direction: what a server of ours answered, as an Error. A body that is no envelope
/// becomes an error of the status's kind.
Error decode_error(int status, Headers const& headers, std::string_view body);

}  // namespace insighta::http
