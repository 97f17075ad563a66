// Nothing that was not signed is taken, and of what was signed only claims that fit.

#include "identity/services/access_tokens.hpp"
#include "identity/services/id_token.hpp"
#include "identity/services/jose.hpp"
#include "platform/json/value.hpp"
#include "platform/json/writer.hpp"
#include "platform/testing/fuzzing.hpp"

using namespace insighta;
using namespace std::chrono_literals;

namespace {

constexpr std::string_view issuer = "https://id.example";

/// Somebody whose signature counts, for ID tokens and for access tokens.
struct Signer {
  std::shared_ptr<crypto::SignatureKey const> key = std::make_shared<crypto::SignatureKey const>(
      crypto::SignatureKey::generate(crypto::SignatureAlgorithm::es256));
  identity::ProviderKeys provider_keys;
  identity::KeyRing::Set our_keys;

  Signer() {
    std::string text;
    json::Writer writer(text);
    writer.begin_object().key("keys").begin_array().begin_object().member("kid", "k");
    for (auto const& [name, value] : key->jwk_members()) writer.member(name, value);
    writer.end_object().end_array().end_object();
    provider_keys = identity::read_jwks(text);
    fuzzing::must(provider_keys.size() == 1, "the key is one");
    our_keys.keys.emplace("k", key);
  }

  std::string token(std::string_view header, std::string_view payload) const {
    auto const text = crypto::base64url(header) + "." + crypto::base64url(payload);
    return text + "." + crypto::base64url(key->sign(text));
  }
  Result<identity::IdTokenClaims> read_id_token(std::string_view token) const {
    return identity::verify_id_token(
        token, provider_keys,
        {.issuer = issuer, .client_id = "insighta", .nonce = "n-0", .now = Instant{1'000'000s}});
  }
  std::optional<identity::AccessClaims> read_access_token(std::string_view token) const {
    return identity::read_access_token(token, our_keys, issuer);
  }
};

bool says(std::string_view payload, std::string_view name, std::string_view value) {
  auto const object = json::Value::parse(payload);
  return object && identity::jose::text_of(*object, name) == value;
}

void check_id_token(Signer const& signer, std::string_view header, std::string_view payload) {
  auto const claims = signer.read_id_token(signer.token(header, payload));
  if (!claims) return;
  fuzzing::must(says(payload, "nonce", "n-0") && says(payload, "iss", issuer), "it is for us");
  fuzzing::must(!claims->subject.empty(), "it is about somebody");
  for (auto const& text : {std::optional(claims->subject), claims->login, claims->name,
                           claims->email, claims->picture})
    fuzzing::must(!text || !text->contains('\0'), "claims can be stored");
}

void check_access_token(Signer const& signer, std::string_view header, std::string_view payload) {
  auto const claims = signer.read_access_token(signer.token(header, payload));
  if (!claims) return;
  fuzzing::must(says(payload, "aud", issuer) && says(payload, "iss", issuer), "it is ours");
  fuzzing::must(claims->issued_at >= Instant{} && claims->expires_at >= Instant{}, "times are");
  auto const object = json::Value::parse(header);
  fuzzing::must(object && !identity::jose::asks_for_more(*object), "and asks for nothing more");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  static Signer const signer;
  fuzzing::Input input(data, size);
  auto const choice = input.choice() % 4;
  auto const text = input.rest();
  auto const header = text.substr(0, text.find('\n'));
  auto const payload = text.substr(std::min(header.size() + 1, text.size()));
  if (choice == 0) {
    identity::read_jwks(text);
  } else if (choice == 1) {
    fuzzing::must(!signer.read_id_token(text), "nobody else can sign");
    fuzzing::must(!signer.read_access_token(text), "nobody else can sign");
  } else if (choice == 2) {
    check_id_token(signer, header, payload);
  } else {
    check_access_token(signer, header, payload);
  }
  return 0;
}
