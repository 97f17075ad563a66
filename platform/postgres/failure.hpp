#pragma once

#include <stdexcept>
#include <string>

namespace insighta::postgres {

/// The server refused a statement. Repositories catch it to turn a constraint's name into an error
/// of the domain; everything else is a fault.
class Failure : public std::runtime_error {
 public:
  Failure(std::string message, std::string sqlstate, std::string constraint)
      : std::runtime_error(std::move(message)),
        sqlstate_(std::move(sqlstate)),
        constraint_(std::move(constraint)) {}

  std::string const& sqlstate() const { return sqlstate_; }
  /// The violated constraint or exclusion; empty for other failures.
  std::string const& constraint() const { return constraint_; }
  /// 40001 or 40P01: the same transaction may succeed when run again.
  bool is_transient() const { return sqlstate_ == "40001" || sqlstate_ == "40P01"; }

 private:
  std::string sqlstate_;
  std::string constraint_;
};

/// The database is away, is shutting down, or did not answer in time (a statement's deadline, no
/// free connection, lock_timeout 55P03): answered 503 with Retry-After. Whether a commit that was
/// on its way took effect is not known.
class Unavailable : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

}  // namespace insighta::postgres
