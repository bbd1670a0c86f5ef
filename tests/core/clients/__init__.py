"""Tests of core.clients."""
