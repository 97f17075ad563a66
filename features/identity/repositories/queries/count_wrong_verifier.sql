update identity.authorization_codes
set wrong_verifiers = wrong_verifiers + 1
where code_hash = $1
