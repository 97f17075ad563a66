select environment from identity.deployment
