delete from identity.consents where client_id = $1
