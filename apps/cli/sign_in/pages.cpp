#include "sign_in/pages.hpp"

#include <fmt/format.h>

namespace insighta::cli::pages {

namespace {

std::string_view phrase_of(int status) {
  switch (status) {
    case 200:
      return "OK";
    case 303:
      return "See Other";
    case 404:
      return "Not Found";
    case 405:
      return "Method Not Allowed";
    case 431:
      return "Request Header Fields Too Large";
    default:
      return "Bad Request";
  }
}

std::string response(int status, std::string_view extra, std::string_view type,
                     std::string_view body) {
  return fmt::format(
      "HTTP/1.1 {} {}\r\nContent-Type: {}; charset=utf-8\r\nContent-Length: {}\r\n"
      "Connection: close\r\nCache-Control: no-store\r\nReferrer-Policy: no-referrer\r\n"
      "X-Content-Type-Options: nosniff\r\nContent-Security-Policy: default-src 'none'; "
      "style-src 'unsafe-inline'; frame-ancestors 'none'\r\n{}\r\n{}",
      status, phrase_of(status), type, body.size(), extra, body);
}

std::string escape_html(std::string_view text) {
  std::string escaped;
  for (char const c : text) {
    if (c == '&') {
      escaped += "&amp;";
    } else if (c == '<') {
      escaped += "&lt;";
    } else if (c == '>') {
      escaped += "&gt;";
    } else {
      escaped += c;
    }
  }
  return escaped;
}

std::string page(int status, std::string_view title, std::string_view text) {
  std::string const html = fmt::format(
      "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">"
      "<meta name=\"viewport\" content=\"width=device-width\"><title>{0} · Insighta</title><style>"
      "body{{font:18px/1.5 system-ui,sans-serif;max-width:32rem;margin:20vh auto;padding:0 1rem;"
      "color-scheme:light dark}}</style></head><body><main><h1>{0}</h1><p>{1}</p></main></body>"
      "</html>\n",
      title, escape_html(text));
  return response(status, "", "text/html", html);
}

}  // namespace

std::string plain(int status, std::string_view text) {
  std::string_view const extra = status == 405 ? "Allow: GET\r\n" : "";
  return response(status, extra, "text/plain", fmt::format("{}\n", text));
}

std::string redirect_to_done() {
  return response(303, "Location: /done\r\n", "text/plain", "");
}

std::string success() {
  return page(200, "You are signed in", "You can close this page and go back to your terminal.");
}

std::string failure(std::string_view reason) {
  return page(400, "The sign-in did not work", reason);
}

}  // namespace insighta::cli::pages
