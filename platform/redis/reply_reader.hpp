#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

struct redisReader;

namespace insighta::redis {

/// One answer of the server.
struct Reply {
  std::optional<std::string> error;
  std::vector<std::int64_t> integers;  ///< of a list; empty for any other kind of answer
};

/// A command as the server reads it.
std::string encode_command(std::vector<std::string_view> const& words);

/// Cuts what a connection receives into answers.
class ReplyReader {
 public:
  ReplyReader();
  /// False when this is not Redis' protocol.
  bool feed(std::string_view bytes);
  /// The next whole answer; nothing until more bytes came.
  std::optional<Reply> next();

 private:
  struct Free {
    void operator()(redisReader* reader) const;
  };
  std::unique_ptr<redisReader, Free> reader_;
  std::vector<Reply> replies_;
  std::size_t taken_ = 0;
};

}  // namespace insighta::redis
