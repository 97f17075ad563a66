delete from identity.browser_sessions
