"""Servers that behave as the vendors do, in process or on loopback sockets."""
