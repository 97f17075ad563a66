#pragma once

#include "files/file_descriptor.hpp"
#include "platform/outcome/result.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace insighta::cli {

/// The small web server that waits for the browser to come back: this computer only, a few
/// connections at once, each with 5 s and 8 KiB to say what it wants.
class LoopbackServer {
 public:
  using SteadyClock = std::chrono::steady_clock;

  struct Callbacks {
    std::function<std::string(std::string_view head)> answer;  ///< a whole response
    std::function<void(std::string_view line)> on_line;        ///< of standard input; may be empty
    std::function<bool()> is_done;
  };

  /// On 127.0.0.1 and the wanted port; when that is taken any other, on ::1 where there is no IPv4.
  static Result<LoopbackServer> open(std::uint16_t wanted_port);

  std::uint16_t port() const { return port_; }
  /// `127.0.0.1:9876`, as URLs and Host headers have it.
  std::string const& authority() const { return authority_; }

  /// Serves until it is done and the last answer has been read, or the time is over.
  void serve(SteadyClock::time_point until, Callbacks const& callbacks);

 private:
  struct Connection {
    FileDescriptor socket;
    SteadyClock::time_point deadline;
    std::string received = {};
    bool is_answered = false;  ///< only waiting for the other side to close
  };

  LoopbackServer(FileDescriptor listener, std::uint16_t port, std::string authority);

  void accept_connection();
  void read_connection(Connection& connection, Callbacks const& callbacks);
  void read_lines(Callbacks const& callbacks);
  bool is_answer_on_its_way() const;
  bool watches_input(Callbacks const& callbacks) const;

  FileDescriptor listener_;
  std::uint16_t port_;
  std::string authority_;
  std::vector<Connection> connections_;
  std::string typed_;
  bool is_input_closed_ = false;
};

}  // namespace insighta::cli
