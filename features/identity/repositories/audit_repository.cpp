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

AuditRecord record_of(postgres::Row const& row) {
  return {.id = row.get<AuditId>(0),
          .at = row.get<Instant>(1),
          .action = row.get<std::string>(2),
          .actor = row.get<std::optional<UserId>>(3),
          .actor_login = row.get<std::optional<std::string>>(4),
          .target = row.get<std::optional<UserId>>(5),
          .target_login = row.get<std::optional<std::string>>(6),
          .address = row.get<std::string>(7),
          .request_id = row.get<std::string>(8),
          .details_json = row.get<std::string>(9)};
}

}  // namespace

Task<void> AuditRepository::append(Transaction& tx, AuditEntry const& entry) {
  co_await tx.query(
      queries::insert_audit,
      Parameters(AuditId::make(entry.at), entry.at, entry.action, entry.actor, entry.target,
                 entry.address, entry.request_id, json_of(entry.details)));
}

Task<AuditPage> AuditRepository::list(AuditFilter const& filter, std::int64_t limit,
                                      std::int64_t offset) {
  auto const rows = co_await database_.query(
      queries::select_audit,
      Parameters(filter.action, filter.user, filter.from, filter.to, filter.text, limit, offset));
  AuditPage page;
  for (auto const& row : rows) {
    page.records.push_back(record_of(row));
    page.total = row.get<std::int64_t>(10);
  }
  // Past the end no row carries the total.
  if (rows.is_empty() && offset > 0) page.total = (co_await list(filter, 1, 0)).total;
  co_return page;
}

Task<std::vector<AuditRecord>> AuditRepository::list_before(AuditFilter const& filter,
                                                            std::optional<AuditRecord> const& last,
                                                            std::int64_t limit) {
  std::optional<Instant> at;
  std::optional<AuditId> id;
  if (last) {
    at = last->at;
    id = last->id;
  }
  auto const rows = co_await database_.query(
      queries::select_audit_before,
      Parameters(filter.action, filter.user, filter.from, filter.to, filter.text, limit, at, id));
  std::vector<AuditRecord> records;
  for (auto const& row : rows) records.push_back(record_of(row));
  co_return records;
}

Task<void> AuditRepository::forget(Transaction& tx, UserId person) {
  co_await tx.query(queries::forget_in_audit, Parameters(person));
}

}  // namespace insighta::identity
