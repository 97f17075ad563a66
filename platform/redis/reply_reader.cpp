#include "platform/redis/reply_reader.hpp"

#include <hiredis/hiredis.h>
#include <new>
#include <span>

namespace insighta::redis {

namespace {

struct FreeReply {
  void operator()(redisReply* reply) const { freeReplyObject(reply); }
};
using OwnedReply = std::unique_ptr<redisReply, FreeReply>;

Reply converted(redisReply const& reply) {
  Reply result;
  if (reply.type == REDIS_REPLY_ERROR) result.error.emplace(reply.str, reply.len);
  if (reply.type == REDIS_REPLY_ARRAY)
    for (auto const* item : std::span(reply.element, reply.elements))
      if (item->type == REDIS_REPLY_INTEGER) result.integers.push_back(item->integer);
  return result;
}

}  // namespace

std::string encode_command(std::vector<std::string_view> const& words) {
  std::vector<char const*> starts;
  std::vector<std::size_t> sizes;
  for (auto const word : words) {
    starts.push_back(word.data());
    sizes.push_back(word.size());
  }
  char* text = nullptr;
  auto const size =
      redisFormatCommandArgv(&text, static_cast<int>(words.size()), starts.data(), sizes.data());
  if (size < 0) throw std::bad_alloc();
  std::string command(text, static_cast<std::size_t>(size));
  redisFreeCommand(text);
  return command;
}

void ReplyReader::Free::operator()(redisReader* reader) const {
  redisReaderFree(reader);
}

ReplyReader::ReplyReader() : reader_(redisReaderCreate()) {
  if (!reader_) throw std::bad_alloc();
}

bool ReplyReader::feed(std::string_view bytes) {
  if (redisReaderFeed(reader_.get(), bytes.data(), bytes.size()) != REDIS_OK) return false;
  while (true) {
    void* found = nullptr;
    if (redisReaderGetReply(reader_.get(), &found) != REDIS_OK) return false;
    if (found == nullptr) return true;
    OwnedReply const reply(static_cast<redisReply*>(found));
    replies_.push_back(converted(*reply));
  }
}

std::optional<Reply> ReplyReader::next() {
  if (taken_ < replies_.size()) return std::move(replies_[taken_++]);
  replies_.clear();
  taken_ = 0;
  return {};
}

}  // namespace insighta::redis
