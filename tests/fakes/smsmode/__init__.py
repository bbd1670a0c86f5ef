"""Tests of the fake smsmode."""
