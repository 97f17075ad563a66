#include "platform/testing/private_server.hpp"

#include <fmt/format.h>

#include <cstdlib>
#include <fstream>
#include <pwd.h>
#include <stdexcept>
#include <system_error>
#include <unistd.h>

namespace insighta::testing {

namespace fs = std::filesystem;

namespace {

bool is_root() {
  return ::geteuid() == 0;
}

/// The newest installed version's.
fs::path programs() {
  fs::path newest;
  for (auto const& version : fs::directory_iterator("/usr/lib/postgresql")) {
    auto const bin = version.path() / "bin";
    if (fs::exists(bin / "initdb") && bin > newest) newest = bin;
  }
  if (newest.empty()) throw std::runtime_error("PostgreSQL's server programs are not installed");
  return newest;
}

fs::path make_folder() {
  // Short: the path of a socket has at most 107 bytes.
  std::string name = "/tmp/insighta-pg-XXXXXX";
  if (::mkdtemp(name.data()) == nullptr) {
    throw std::system_error(errno, std::generic_category(), name);
  }
  if (!is_root()) return name;
  auto const* const account = ::getpwnam("postgres");
  if (account == nullptr || ::chown(name.c_str(), account->pw_uid, account->pw_gid) != 0) {
    throw std::runtime_error("the folder of a private server cannot be given to user postgres");
  }
  return name;
}

}  // namespace

PrivateServer::PrivateServer() : folder_(make_folder()) {
  run("initdb",
      fmt::format("-D {}/data -U postgres -A trust -E UTF8 --no-locale -N", folder_.string()));
  std::ofstream(folder_ / "data" / "postgresql.conf", std::ios::app)
      << "listen_addresses = ''\nunix_socket_directories = '" << folder_.string()
      << "'\nfsync = off\nmax_connections = 40\n";
  start();
}

PrivateServer::~PrivateServer() {
  try {
    if (is_running_) kill();
    fs::remove_all(folder_);
  } catch (std::exception const& fault) {
    fmt::print(stderr, "{} stays behind: {}\n", folder_.string(), fault.what());
  }
}

void PrivateServer::start() {
  control("start -w -l " + (folder_ / "log").string());
  is_running_ = true;
}

void PrivateServer::stop() {
  control("stop -w -m fast");
  is_running_ = false;
}

void PrivateServer::kill() {
  control("stop -w -m immediate");
  is_running_ = false;
}

std::string PrivateServer::connection_string() const {
  return fmt::format("host={} user=postgres dbname=postgres", folder_.string());
}

void PrivateServer::control(std::string const& arguments) {
  run("pg_ctl", fmt::format("-D {}/data -s {}", folder_.string(), arguments));
}

void PrivateServer::run(std::string const& program, std::string const& arguments) const {
  constexpr auto as_postgres = "setpriv --reuid=postgres --regid=postgres --init-groups ";
  auto const command = fmt::format(
      "cd {} && {}env -i PATH=/usr/bin:/bin LC_ALL=C.UTF-8 {}/{} {} >run.out 2>&1",
      folder_.string(), is_root() ? as_postgres : "", programs().string(), program, arguments);
  if (std::system(command.c_str()) == 0) return;
  std::ifstream output(folder_ / "run.out");
  throw std::runtime_error(fmt::format("{} failed: {}", program,
                                       std::string(std::istreambuf_iterator<char>(output), {})));
}

}  // namespace insighta::testing
