// Nothing that was not signed is taken; what was signed is taken only when its claims fit, and then
// they are of a form that can be stored.

#include "identity/services/id_token.hpp"
#include "identity/services/jose.hpp"
#include "platform/json/value.hpp"
#include "platform/json/writer.hpp"
#include "platform/testing/fuzzing.hpp"

using namespace insighta;
using namespace std::chrono_literals;

namespace {

struct Provider {
  crypto::SignatureKey key = crypto::SignatureKey::generate(crypto::SignatureAlgorithm::es256);
  identity::ProviderKeys keys;

  Provider() {
    std::string text;
    json::Writer writer(text);
    writer.begin_object().key("keys").begin_array().begin_object().member("kid", "k");
    for (auto const& [name, value] : key.jwk_members()) writer.member(name, value);
    writer.end_object().end_array().end_object();
    keys = identity::read_jwks(text);
    fuzzing::must(keys.size() == 1, "the key is one");
  }

  Result<identity::IdTokenClaims> verify(std::string_view token) const {
    return identity::verify_id_token(token, keys,
                                     {.issuer = "https://id.example",
                                      .client_id = "insighta",
                                      .nonce = "n-0",
                                      .now = Instant{1'000'000s}});
  }
};

void check_signed(Provider const& provider, std::string_view header, std::string_view payload) {
  auto const text = crypto::base64url(header) + "." + crypto::base64url(payload);
  auto const claims = provider.verify(text + "." + crypto::base64url(provider.key.sign(text)));
  if (!claims) return;
  auto const said = json::Value::parse(payload);
  fuzzing::must(said && identity::jose::text_of(*said, "nonce") == "n-0", "the nonce is ours");
  fuzzing::must(!claims->subject.empty(), "there is a subject");
  for (auto const& text_of : {std::optional(claims->subject), claims->login, claims->name,
                              claims->email, claims->picture})
    fuzzing::must(!text_of || !text_of->contains('\0'), "claims can be stored");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  static Provider const provider;
  fuzzing::Input input(data, size);
  auto const choice = input.choice() % 4;
  auto const text = input.rest();
  if (choice == 0) {
    identity::read_jwks(text);
  } else if (choice == 1) {
    fuzzing::must(!provider.verify(text), "nobody else can sign");
  } else {
    auto const end = text.find('\n');
    constexpr std::string_view usual = R"({"alg":"ES256","kid":"k"})";
    bool const has_header = choice == 2 && end != text.npos;
    check_signed(provider, has_header ? text.substr(0, end) : usual,
                 has_header ? text.substr(end + 1) : text);
  }
  return 0;
}
