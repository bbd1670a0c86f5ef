"""Tests of the fake HubSpot."""
