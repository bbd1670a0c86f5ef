"""The HTTP face: verify, parse, serve, answer."""
