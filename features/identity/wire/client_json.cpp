#include "identity/wire/client_json.hpp"

#include "platform/json/writer.hpp"

namespace insighta::identity::wire {

namespace {

template <class Values>
void write_words(json::Writer& writer, std::string_view name, Values const& values) {
  writer.key(name).begin_array();
  for (auto const& value : values) writer.value(to_string(value));
  writer.end_array();
}

void write_client(json::Writer& writer, Client const& client,
                  std::optional<std::string> const& secret = {}) {
  writer.begin_object()
      .member("client_id", client.id)
      .member("name", client.name)
      .member("type", client.is_confidential ? "confidential" : "public");
  if (secret) writer.member("client_secret", *secret);
  writer.key("redirect_uris").begin_array();
  for (auto const& uri : client.redirect_uris) writer.value(uri);
  writer.end_array();
  write_words(writer, "grant_types", client.grants);
  write_words(writer, "scopes", client.scopes);
  writer.member("is_first_party", client.is_first_party)
      .member("created_at", to_rfc3339(client.created_at))
      .end_object();
}

}  // namespace

std::string client_answer(Client const& client, std::optional<std::string> const& secret) {
  std::string body;
  json::Writer writer(body);
  writer.begin_object().member("status", "success").key("data");
  write_client(writer, client, secret);
  writer.end_object();
  return body;
}

std::string clients_answer(std::vector<Client> const& clients) {
  std::string body;
  json::Writer writer(body);
  writer.begin_object().member("status", "success").key("data").begin_array();
  for (auto const& client : clients) write_client(writer, client);
  writer.end_array().end_object();
  return body;
}

std::string connected_apps_answer(std::vector<ConnectedApp> const& apps) {
  std::string body;
  json::Writer writer(body);
  writer.begin_object().member("status", "success").key("data").begin_array();
  for (auto const& app : apps) {
    writer.begin_object().member("client_id", app.client_id).member("name", app.name);
    write_words(writer, "scopes", app.scopes);
    writer.member("granted_at", to_rfc3339(app.granted_at)).key("last_used_at");
    if (app.last_used_at)
      writer.value(to_rfc3339(*app.last_used_at));
    else
      writer.null();
    writer.end_object();
  }
  writer.end_array().end_object();
  return body;
}

std::string notices_answer(std::vector<ReuseNotice> const& notices) {
  std::string body;
  json::Writer writer(body);
  writer.begin_object().member("status", "success").key("data").begin_array();
  for (auto const& notice : notices)
    writer.begin_object()
        .member("id", notice.session_id.to_string())
        .member("client_id", notice.client_id)
        .member("name", notice.client_name)
        .member("at", to_rfc3339(notice.at))
        .member("address", notice.address)
        .member("other_address", notice.other_address)
        .end_object();
  writer.end_array().end_object();
  return body;
}

}  // namespace insighta::identity::wire
