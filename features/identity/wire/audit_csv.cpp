#include "identity/wire/audit_csv.hpp"

#include "platform/csv/cell.hpp"

#include <initializer_list>
#include <utility>

namespace insighta::identity::wire {

void append_audit_csv(std::string& text, AuditRecord const& record) {
  auto const id_or_nothing = [](std::optional<UserId> const& id) {
    return id ? id->to_string() : std::string{};
  };
  bool is_first = true;
  for (auto const& value :
       {record.id.to_string(), to_rfc3339_ms(record.at), record.action, id_or_nothing(record.actor),
        record.actor_login.value_or(""), id_or_nothing(record.target),
        record.target_login.value_or(""), record.address, record.request_id, record.details_json}) {
    if (!std::exchange(is_first, false)) text += ',';
    csv::append_cell(text, value);
  }
  text += "\r\n";
}

}  // namespace insighta::identity::wire
