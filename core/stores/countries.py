"""Which country a time zone lies in, from the tz database's own table."""

from functools import cache
from importlib import resources


@cache
def _countries() -> dict[str, str]:
    """Return ``{time zone: ISO alpha-2 code}``; a constant of the installed tz database."""
    table = resources.files("tzdata") / "zoneinfo" / "zone.tab"
    lines = table.read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines if not line.startswith("#"))
    return {row[2]: row[0] for row in rows}


def country_of(time_zone: str, otherwise: str) -> str:
    """Return the country that ``time_zone`` lies in, ``otherwise`` when the zone is in none.

    HubSpot tells an account's time zone and neither its country nor its language, and national
    phone numbers must be read with a country.
    """
    return _countries().get(time_zone, otherwise)
