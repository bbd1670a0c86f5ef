"""How hard the crash tests try: ``CRASH_ROUNDS`` kills at random on each database."""

import os

BY_DAY = 10

ROUNDS = int(os.environ.get("CRASH_ROUNDS", BY_DAY))  # noqa: TID251 - the nightly's one setting
"""Kills on each database."""

IS_NIGHTLY = ROUNDS > BY_DAY
