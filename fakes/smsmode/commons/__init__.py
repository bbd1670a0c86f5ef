"""The commons API: organisations, channels, credentials, money and look-ups."""
