#pragma once

#include <array>
#include <csignal>
#include <cstdio>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <sys/wait.h>
#include <unistd.h>

namespace insighta::redis {

/// A real server of a test's own, on a socket in a folder of its own, keeping nothing on disk.
class RedisServer {
 public:
  RedisServer() {
    // Short: the path of a socket has at most 107 bytes.
    std::string name = "/tmp/insighta-redis-XXXXXX";
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("mkdtemp failed");
    folder_ = name;
    start();
  }
  ~RedisServer() {
    if (process_ > 0) kill();
    std::filesystem::remove_all(folder_);
  }
  RedisServer(RedisServer const&) = delete;
  RedisServer& operator=(RedisServer const&) = delete;

  std::string socket() const { return folder_ / "socket"; }

  /// Returns when it accepts connections.
  void start() {
    std::array<int, 2> pipe{};
    if (::pipe(pipe.data()) != 0) throw std::runtime_error("pipe failed");
    process_ = ::fork();
    if (process_ == 0) {
      ::dup2(pipe[1], STDOUT_FILENO);
      ::close(pipe[0]);
      ::execlp("redis-server", "redis-server", "--port", "0", "--unixsocket", socket().c_str(),
               "--save", "", "--requirepass", "secret", "--dir", folder_.c_str(), nullptr);
      ::_exit(127);
    }
    ::close(pipe[1]);
    auto* const output = ::fdopen(pipe[0], "r");
    std::string line(512, '\0');
    bool is_ready = false;
    while (!is_ready && std::fgets(line.data(), static_cast<int>(line.size()), output) != nullptr)
      is_ready =
          line.find("eady to accept connections") != line.npos && std::filesystem::exists(socket());
    std::fclose(output);
    if (!is_ready) throw std::runtime_error("redis-server does not start");
  }
  /// As if its machine had lost its power.
  void kill() {
    signal(SIGKILL);
    ::waitpid(process_, nullptr, 0);
    process_ = -1;
  }
  /// Accepts connections and answers nothing.
  void pause() { signal(SIGSTOP); }
  void resume() { signal(SIGCONT); }

 private:
  void signal(int number) const { ::kill(process_, number); }

  std::filesystem::path folder_;
  pid_t process_ = -1;
};

}  // namespace insighta::redis
