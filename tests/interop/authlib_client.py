"""Signs in with Authlib: prints the authorization URL, reads the callback's URL, says what it saw."""

import json
import sys

from authlib.common.errors import AuthlibBaseError
from authlib.common.security import generate_token
from authlib.integrations.requests_client import OAuth2Session

issuer, client_id, redirect_uri = sys.argv[1:]
secret = sys.stdin.readline().strip()
session = OAuth2Session(
    client_id,
    secret if secret != "-" else None,
    token_endpoint_auth_method="client_secret_basic" if secret != "-" else "none",
    redirect_uri=redirect_uri,
    code_challenge_method="S256",
    token_endpoint=issuer + "/oauth/token",
)
verifier = generate_token(64)
url, state = session.create_authorization_url(issuer + "/oauth/authorize", code_verifier=verifier)
print(url, flush=True)

token = session.fetch_token(
    issuer + "/oauth/token",
    authorization_response=sys.stdin.readline().strip(),
    state=state,
    code_verifier=verifier,
)
me = session.get(issuer + "/auth/me").json()["data"]["username"]
refreshed = session.refresh_token(issuer + "/oauth/token", refresh_token=token["refresh_token"])
revoked = session.revoke_token(
    issuer + "/oauth/revoke", token=refreshed["refresh_token"], token_type_hint="refresh_token"
).status_code
try:
    session.refresh_token(issuer + "/oauth/token", refresh_token=refreshed["refresh_token"])
    after = "granted"
except AuthlibBaseError as refusal:
    after = refusal.error
print(
    json.dumps(
        {
            "me": me,
            "rotated": refreshed["refresh_token"] != token["refresh_token"],
            "revoked": revoked,
            "after": after,
        }
    )
)
