-- When a signing key came into its state, for rotation; null: when it was created. Only adds.
alter table identity.signing_keys add column state_since timestamptz;
