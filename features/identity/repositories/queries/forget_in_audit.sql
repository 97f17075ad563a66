select identity.forget_in_audit($1)
