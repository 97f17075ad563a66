delete from identity.signing_keys where kid = $1
