"""When to try again: longer each time, never in step with others, and not for ever."""

import hashlib
from datetime import timedelta

FIRST, LONGEST = timedelta(seconds=5), timedelta(hours=1)
"""The first wait, and the longest, give or take a fifth."""

GIVE_UP_AFTER = 30
"""How many tries are made: about a day of them."""

_JITTER = 0.2


def next_wait(attempt: int, item: str) -> timedelta | None:
    """Return how long to wait after failed try ``attempt``, or ``None`` to give up.

    The wait doubles from 5 s to an hour, give or take a fifth drawn from ``item`` and
    ``attempt``: those who failed together do not come back together, and a run can be repeated.

    Args:
        attempt: How many tries failed before this one, from 0.
        item: What is being tried.
    """
    if attempt + 1 >= GIVE_UP_AFTER:
        return None
    wait = min(FIRST * (1 << min(attempt, 20)), LONGEST)
    digest = hashlib.sha256(f"{item}:{attempt}".encode()).digest()
    chance = int.from_bytes(digest[:4]) / 2**32
    return wait * (1 - _JITTER + 2 * _JITTER * chance)
