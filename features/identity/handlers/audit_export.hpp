#pragma once

#include "identity/services/account_service.hpp"
#include "platform/http/body_stream.hpp"

#include <optional>

namespace insighta::identity {

/// The audit log as a file, read in pieces as the client takes them, the newest first.
class AuditExport final : public http::BodyStream {
 public:
  AuditExport(AccountService& accounts, AuditFilter filter, bool is_csv)
      : accounts_(accounts), filter_(std::move(filter)), is_csv_(is_csv) {}

  Task<Result<std::optional<std::string>>> next() override;

 private:
  AccountService& accounts_;
  AuditFilter const filter_;
  bool const is_csv_;
  std::optional<AuditRecord> last_;
  bool has_begun_ = false;
};

}  // namespace insighta::identity
