#pragma once

#include "platform/http/body_stream.hpp"
#include "platform/http/headers.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace insighta::http {

struct Request;

/// One response; a stream is sent chunked. Content-Length, Date, X-Request-Id, compression
/// and the answer to HEAD are the server's business.
struct Response {
  int status = 200;
  Headers headers = {};
  std::string body = {};
  std::unique_ptr<BodyStream> stream = nullptr;
  /// An answer that is `no-store` is not compressed, lest its length tells a secret beside text
  /// that a stranger chose; unless no secret in it is the same twice.
  bool hides_its_secrets = false;
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
/// where they belong: 401 is `Bearer`, with error="invalid_token" for code `INVALID_TOKEN`; 403
/// with code `INSUFFICIENT_SCOPE` is `Bearer error="insufficient_scope"`.
Response error_response(Error const& error, std::string_view request_id);
/// The same as the OAuth RFCs say it: `{"error","error_description","reason"?}`. A code in lower
/// case is the OAuth word itself, any other gets the word of its kind; a field named "reason"
/// becomes the reason. 401 asks for client authentication unless the word is invalid_token.
Response oauth_error_response(Error const& error);
/// Whichever of the two belongs to the request's path (/oauth/, /.well-known/), with open CORS
/// inside /api.
Response error_response(Error const& error, Request const& request);

/// `Access-Control-Allow-Origin: *`, never with credentials: the router says it inside /api;
/// besides only the 302 of GET /auth/github does.
void allow_any_origin(Response& response);

/// The other direction: what a server of ours answered, as an Error. A body that is no envelope
/// becomes an error of the status's kind.
Error decode_error(int status, Headers const& headers, std::string_view body);

}  // namespace insighta::http
