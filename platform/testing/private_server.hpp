#pragma once

#include <filesystem>
#include <string>

namespace insighta::testing {

/// A PostgreSQL server of a test's own, which it may stop and kill. Lives in a folder of its own
/// below the temporary one, listens on a socket there and nowhere else; gone afterwards. PostgreSQL
/// refuses to run as root, so for root it runs as the system's user postgres.
class PrivateServer {
 public:
  PrivateServer();
  ~PrivateServer();
  PrivateServer(PrivateServer const&) = delete;
  PrivateServer& operator=(PrivateServer const&) = delete;

  void start();
  /// Refuses new connections, ends the old ones, writes everything down.
  void stop();
  /// As if the machine had lost its power.
  void kill();

  /// As superuser.
  std::string connection_string() const;

 private:
  void control(std::string const& arguments);
  void run(std::string const& program, std::string const& arguments) const;

  std::filesystem::path folder_;
  bool is_running_ = false;
};

}  // namespace insighta::testing
