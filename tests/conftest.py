"""How hard the property-based tests try: little while one works, more in the checks."""

from hypothesis import settings

# Machines are noisy: how long an example takes says nothing about it.
settings.register_profile("quick", max_examples=30, deadline=None)
settings.register_profile("full", max_examples=100, deadline=None)
settings.load_profile("quick")
