"""The pages of smsmode: registering, signing in, and the organisation's own data."""
