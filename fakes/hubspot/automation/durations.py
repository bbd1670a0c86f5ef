"""Reading ISO 8601 durations."""

import re
from datetime import timedelta

_UNITS = {"W": 604_800, "D": 86_400, "H": 3_600, "S": 1}
_PARTS = re.compile(
    r"P(?:(?P<W>\d+)W)?(?:(?P<D>\d+)D)?(?:T(?:(?P<H>\d+)H)?(?:(?P<M>\d+)M)?(?:(?P<S>\d+)S)?)?"
)
_LONGEST = timedelta(days=3650)


def read_duration(text: str) -> timedelta | None:
    """Return the duration that ``text`` names, as ``P1WT1H``, or ``None``; months are not read.

    A duration of more than ten years counts as ten years.
    """
    found = _PARTS.fullmatch(text.strip().upper())
    if found is None or not any(found.groups()):
        return None
    seconds = sum(int(found[unit] or 0) * size for unit, size in {**_UNITS, "M": 60}.items())
    return min(timedelta(seconds=min(seconds, int(_LONGEST.total_seconds()))), _LONGEST)
