"""Installing apps: sign-in, consent, tokens and what they open."""
