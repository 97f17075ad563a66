#include "booking/wire/client_profile_json.hpp"

#include "platform/json/writer.hpp"

namespace insighta::booking::wire {

std::string client_profile_answer(ClientProfile const& profile) {
  std::string body;
  json::Writer writer(body);
  writer.begin_object().member("status", "success").key("data");
  writer.begin_object()
      .member("id", profile.id.to_string())
      .member("user_id", profile.user_id.to_string())
      .member("display_name", profile.display_name)
      .member("time_zone", profile.time_zone)
      .member("phone", profile.phone)
      .member("goals", profile.goals)
      .member("version", profile.version)
      .member("created_at", to_rfc3339(profile.created_at))
      .end_object();
  writer.end_object();
  return body;
}

}  // namespace insighta::booking::wire
