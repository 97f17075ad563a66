delete from identity.signing_keys
