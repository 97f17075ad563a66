#include "name_services.hpp"

#include "platform/crypto/crypto.hpp"
#include "platform/json/writer.hpp"

#include <array>
#include <string>

namespace insighta::emulator {

namespace {

using http::Request;
using http::Response;

/// Bytes that depend on the name alone, upper and lower case the same.
crypto::Digest fingerprint(std::string name) {
  for (char& c : name)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return crypto::sha256(name);
}

double fraction(std::uint8_t byte, int lowest_percent, int highest_percent) {
  return (lowest_percent + byte % (highest_percent - lowest_percent + 1)) / 100.0;
}

using Fill = void (*)(json::Writer&, crypto::Digest const&);

Task<Response> answer(Request& request, Fill fill) {
  auto const query = request.query_pairs();
  auto const name = query ? http::find(*query, "name") : std::nullopt;
  if (!name) co_return http::json_response(422, R"({"error":"Missing 'name' parameter"})");
  auto const bytes = fingerprint(std::string{*name});
  std::string body;
  json::Writer writer(body);
  writer.begin_object();
  writer.member("count", 100 + bytes[0] * 256 + bytes[1]).member("name", *name);
  fill(writer, bytes);
  writer.end_object();
  co_return http::json_response(200, std::move(body));
}

void fill_gender(json::Writer& writer, crypto::Digest const& bytes) {
  writer.member("gender", bytes[2] % 2 == 0 ? "male" : "female")
      .member("probability", fraction(bytes[3], 51, 100));
}

void fill_age(json::Writer& writer, crypto::Digest const& bytes) {
  writer.member("age", 5 + bytes[4] % 80);
}

void fill_countries(json::Writer& writer, crypto::Digest const& bytes) {
  static constexpr std::array<std::string_view, 16> codes = {"NG", "GH", "KE", "ZA", "US", "GB",
                                                             "FR", "DE", "IN", "BR", "EG", "MA",
                                                             "TZ", "UG", "SN", "ET"};
  auto const first = bytes[5] % codes.size();
  writer.key("country").begin_array();
  for (std::size_t i = 0; i < 3; ++i)
    writer.begin_object()
        .member("country_id", codes[(first + i * 5) % codes.size()])
        .member("probability", fraction(bytes[6], 34, 80) / static_cast<double>(1 + i * 2))
        .end_object();
  writer.end_array();
}

}  // namespace

std::vector<http::Route> name_service_routes() {
  using enum http::Method;
  return {{get, "/genderize", [](Request& request) { return answer(request, fill_gender); }},
          {get, "/agify", [](Request& request) { return answer(request, fill_age); }},
          {get, "/nationalize", [](Request& request) { return answer(request, fill_countries); }}};
}

}  // namespace insighta::emulator
