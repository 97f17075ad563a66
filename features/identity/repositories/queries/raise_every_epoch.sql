update identity.users set auth_epoch = auth_epoch + 1
