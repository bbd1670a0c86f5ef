"""Tests of the queue; ``rig.py`` is where another storage is plugged in."""
