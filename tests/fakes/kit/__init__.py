"""Tests of what the fakes share."""
