#include "identity/repositories/audit_repository.hpp"

#include "identity/queries.hpp"
#include "platform/json/writer.hpp"
#include "platform/postgres/database.hpp"

namespace insighta::identity {

using postgres::Parameters;

namespace {

std::string json_of(std::vector<std::pair<std::string, std::string>> const& details) {
  std::string text;
  json::Writer writer(text);
  writer.begin_object();
  for (auto const& [name, value] : details) writer.member(name, value);
  writer.end_object();
  return text;
}

}  // namespace

Task<void> AuditRepository::append(Transaction& tx, AuditEntry const& entry) {
  co_await tx.query(queries::insert_audit,
                    Parameters(AuditId::make(entry.at), entry.at, entry.action, entry.actor,
                               entry.target, entry.address, json_of(entry.details)));
}

Task<AuditPage> AuditRepository::list(AuditFilter const& filter, std::int64_t limit,
                                      std::int64_t offset) {
  auto const rows = co_await database_.query(
      queries::select_audit,
      Parameters(filter.action, filter.user, filter.from, filter.to, limit, offset));
  AuditPage page;
  for (auto const& row : rows) {
    page.records.push_back({.id = row.get<AuditId>(0),
                            .at = row.get<Instant>(1),
                            .action = row.get<std::string>(2),
                            .actor = row.get<std::optional<UserId>>(3),
                            .actor_login = row.get<std::optional<std::string>>(4),
                            .target = row.get<std::optional<UserId>>(5),
                            .target_login = row.get<std::optional<std::string>>(6),
                            .address = row.get<std::string>(7),
                            .details_json = row.get<std::string>(8)});
    page.total = row.get<std::int64_t>(9);
  }
  // Past the end no row carries the total.
  if (rows.is_empty() && offset > 0) page.total = (co_await list(filter, 1, 0)).total;
  co_return page;
}

}  // namespace insighta::identity
