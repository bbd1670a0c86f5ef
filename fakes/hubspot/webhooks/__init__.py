"""Webhooks: what an app subscribes to, and how it is told."""
