"""Campaigns: one text to many phones, at once or spread over time."""
