#include "platform/http/response_head.hpp"

#include <fmt/format.h>

#include <array>
#include <ctime>
#include <iterator>
#include <zlib.h>

namespace insighta::http {

namespace {

constexpr std::size_t least_to_compress = 1024;

std::string_view reason_of(int status) {
  switch (status) {
    case 200:
      return "OK";
    case 201:
      return "Created";
    case 202:
      return "Accepted";
    case 204:
      return "No Content";
    case 302:
      return "Found";
    case 303:
      return "See Other";
    case 304:
      return "Not Modified";
    case 400:
      return "Bad Request";
    case 401:
      return "Unauthorized";
    case 403:
      return "Forbidden";
    case 404:
      return "Not Found";
    case 405:
      return "Method Not Allowed";
    case 408:
      return "Request Timeout";
    case 409:
      return "Conflict";
    case 412:
      return "Precondition Failed";
    case 413:
      return "Content Too Large";
    case 414:
      return "URI Too Long";
    case 415:
      return "Unsupported Media Type";
    case 417:
      return "Expectation Failed";
    case 422:
      return "Unprocessable Content";
    case 429:
      return "Too Many Requests";
    case 431:
      return "Request Header Fields Too Large";
    case 500:
      return "Internal Server Error";
    case 501:
      return "Not Implemented";
    case 502:
      return "Bad Gateway";
    case 503:
      return "Service Unavailable";
    case 505:
      return "HTTP Version Not Supported";
    default:
      return "Status";
  }
}

/// RFC 9110 section 5.6.7; made anew once a second.
std::string const& http_date() {
  thread_local std::time_t made_at = 0;
  thread_local std::string text;
  auto const now = std::time(nullptr);
  if (now == made_at) return text;
  made_at = now;
  std::tm parts{};
  gmtime_r(&now, &parts);
  std::array<char, 40> buffer;
  text.assign(buffer.data(),
              std::strftime(buffer.data(), buffer.size(), "%a, %d %b %Y %H:%M:%S GMT", &parts));
  return text;
}

bool is_compressible(std::string_view type) {
  return type.starts_with("text/") || type.starts_with("application/json") ||
         type.starts_with("application/javascript") || type.starts_with("image/svg+xml");
}

/// gzip among the codings of Accept-Encoding, unless with q=0.
bool accepts_gzip(std::string_view accepted) {
  auto const at = accepted.find("gzip");
  if (at == accepted.npos) return false;
  auto const rest = accepted.substr(at + 4);
  auto const item = rest.substr(0, rest.find(','));
  return item.find("q=0") == item.npos || item.find("q=0.") != item.npos;
}

/// Empty when zlib has no memory.
std::string gzipped(std::string const& text) {
  z_stream stream{};
  constexpr int gzip_window = 15 + 16;
  if (deflateInit2(&stream, Z_BEST_SPEED, Z_DEFLATED, gzip_window, 8, Z_DEFAULT_STRATEGY) != Z_OK)
    return {};
  std::string out(deflateBound(&stream, text.size()), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  auto const end = deflate(&stream, Z_FINISH);
  out.resize(end == Z_STREAM_END ? stream.total_out : 0);
  deflateEnd(&stream);
  return out;
}

}  // namespace

std::string response_head(Response const& response, Framing framing, bool keeps_alive,
                          std::string_view request_id) {
  std::string head;
  head.reserve(512);
  auto out = std::back_inserter(head);
  fmt::format_to(out, "HTTP/1.1 {} {}\r\n", response.status, reason_of(response.status));
  for (auto const& [name, value] : response.headers) {
    head.append(name).append(": ").append(value).append("\r\n");
  }
  if (!response.headers.has("Date")) head.append("Date: ").append(http_date()).append("\r\n");
  if (framing == Framing::length)
    fmt::format_to(out, "Content-Length: {}\r\n", response.body.size());
  if (framing == Framing::chunked) head += "Transfer-Encoding: chunked\r\n";
  if (!keeps_alive) head += "Connection: close\r\n";
  head.append("X-Request-Id: ").append(request_id).append("\r\n\r\n");
  return head;
}

void compress(Response& response, Request const& request) {
  if (response.stream || response.body.size() < least_to_compress ||
      !is_compressible(response.headers.get("Content-Type")) ||
      response.headers.has("Content-Encoding") ||
      (!response.hides_its_secrets &&
       response.headers.get("Cache-Control").find("no-store") != std::string_view::npos))
    return;
  response.headers.set("Vary", "Accept-Encoding");
  if (!accepts_gzip(request.header("Accept-Encoding"))) return;
  auto body = gzipped(response.body);
  if (body.empty() || body.size() >= response.body.size()) return;
  response.body = std::move(body);
  response.headers.add("Content-Encoding", "gzip");
}

}  // namespace insighta::http
