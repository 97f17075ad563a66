#include "platform/http/request_parser.hpp"

#include <gtest/gtest.h>

namespace insighta::http {
namespace {

/// What a chunked body decodes to when it comes byte by byte.
std::string read_slowly(std::string_view body) {
  RequestParser parser;
  Request request;
  EXPECT_FALSE(parser.parse_head("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n",
                                 request));
  std::string waiting;
  std::string decoded;
  for (char const c : body) {
    EXPECT_FALSE(parser.is_body_done());
    waiting += c;
    std::string_view bytes = waiting;
    EXPECT_TRUE(parser.parse_body(bytes, decoded));
    waiting = bytes;
  }
  EXPECT_TRUE(parser.is_body_done());
  EXPECT_EQ(waiting, "");
  return decoded;
}

TEST(RequestParser, takes_chunks_byte_by_byte) {
  EXPECT_EQ(read_slowly("0\r\n\r\n"), "");
  EXPECT_EQ(read_slowly("0;x=y\r\nA: b\r\n\r\n"), "");
  EXPECT_EQ(read_slowly("000\r\n\r\n"), "");
  EXPECT_EQ(read_slowly("3\r\n0\r\n\r\n1\r\n0\r\n0\r\n\r\n"), "0\r\n0");
}

}  // namespace
}  // namespace insighta::http
