"""Killing the integration, for real, at each of its commits."""
