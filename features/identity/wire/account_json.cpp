#include "identity/wire/account_json.hpp"

#include "identity/domain/permission.hpp"
#include "platform/json/writer.hpp"

namespace insighta::identity::wire {

namespace {

void write_instant(json::Writer& writer, std::string_view name, std::optional<Instant> instant) {
  writer.key(name);
  if (instant)
    writer.value(to_rfc3339(*instant));
  else
    writer.null();
}

void write_user(json::Writer& writer, User const& user) {
  auto const& account = user.account;
  writer.begin_object()
      .member("id", user.id.to_string())
      .member("provider", account.provider)
      .member("github_id", account.subject)
      .member("username", account.login)
      .member("name", account.display_name)
      .member("email", account.email)
      .member("avatar_url", account.avatar_url)
      .member("role", user.roles.first());
  writer.key("roles").begin_array();
  for (auto const role : user.roles.list()) writer.value(to_string(role));
  writer.end_array().key("permissions").begin_array();
  for (auto const permission : permissions_of(user.roles)) writer.value(to_string(permission));
  writer.end_array().member("is_active", user.is_active);
  write_instant(writer, "last_login_at", user.last_login_at);
  write_instant(writer, "created_at", user.created_at);
  writer.end_object();
}

void write_optional_id(json::Writer& writer, std::string_view name, std::optional<UserId> id) {
  writer.key(name);
  if (id)
    writer.value(id->to_string());
  else
    writer.null();
}

void write_record(json::Writer& writer, AuditRecord const& record) {
  writer.begin_object()
      .member("id", record.id.to_string())
      .member("at", to_rfc3339_ms(record.at))
      .member("action", record.action);
  write_optional_id(writer, "actor", record.actor);
  writer.member("actor_username", record.actor_login);
  write_optional_id(writer, "target", record.target);
  writer.member("target_username", record.target_login)
      .member("address", record.address)
      .member("request_id", record.request_id)
      .key("details")
      .raw(record.details_json)
      .end_object();
}

}  // namespace

std::string user_answer(User const& user, bool repeats_as_user) {
  std::string body;
  json::Writer writer(body);
  writer.begin_object().member("status", "success").key("data");
  write_user(writer, user);
  if (repeats_as_user) {
    writer.key("user");
    write_user(writer, user);
  }
  writer.end_object();
  return body;
}

std::string users_answer(std::vector<User> const& users, listing::ListPage const& page) {
  std::string body;
  json::Writer writer(body);
  writer.begin_object().member("status", "success");
  listing::write_page(writer, page);
  writer.key("data").begin_array();
  for (auto const& user : users) write_user(writer, user);
  writer.end_array().end_object();
  return body;
}

std::string audit_answer(std::vector<AuditRecord> const& records, listing::ListPage const& page) {
  std::string body;
  json::Writer writer(body);
  writer.begin_object().member("status", "success");
  listing::write_page(writer, page);
  writer.key("data").begin_array();
  for (auto const& record : records) write_record(writer, record);
  writer.end_array().end_object();
  return body;
}

void append_audit_line(std::string& text, AuditRecord const& record) {
  json::Writer writer(text);
  write_record(writer, record);
  text += '\n';
}

std::string sessions_answer(std::vector<Session> const& sessions, SessionId current) {
  std::string body;
  json::Writer writer(body);
  writer.begin_object().member("status", "success").key("data").begin_array();
  for (auto const& session : sessions)
    writer.begin_object()
        .member("id", session.id.to_string())
        .member("client_id", session.client_id)
        .member("address", session.origin.address)
        .member("device", session.origin.user_agent)
        .member("created_at", to_rfc3339(session.created_at))
        .member("last_used_at", to_rfc3339(session.last_used_at))
        .member("expires_at", to_rfc3339(session.expires_at))
        .member("is_current", session.id == current)
        .end_object();
  writer.end_array().end_object();
  return body;
}

std::string identities_answer(std::vector<LinkedIdentity> const& identities) {
  std::string body;
  json::Writer writer(body);
  writer.begin_object().member("status", "success").key("data").begin_array();
  for (auto const& identity : identities)
    writer.begin_object()
        .member("provider", identity.provider)
        .member("subject", identity.subject)
        .member("login", identity.login)
        .member("linked_at", to_rfc3339(identity.linked_at))
        .end_object();
  writer.end_array().end_object();
  return body;
}

std::string ended_answer(std::int64_t ended) {
  std::string body;
  json::Writer writer(body);
  writer.begin_object().member("status", "success").key("data").begin_object();
  writer.member("ended", ended).end_object().end_object();
  return body;
}

}  // namespace insighta::identity::wire
