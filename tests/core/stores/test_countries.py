"""The country of a time zone, by which national numbers are read."""

import pytest

from core.stores.countries import country_of


@pytest.mark.parametrize(
    ("zone", "country"),
    [
        ("Europe/Paris", "FR"),
        ("Europe/Brussels", "BE"),
        ("Indian/Reunion", "RE"),
        ("America/New_York", "US"),
        ("Etc/UTC", "CH"),
        ("Mars/Olympus_Mons", "CH"),
        ("", "CH"),
    ],
)
def test_a_zone_lies_in_a_country_or_in_the_one_that_is_set(zone: str, country: str) -> None:
    assert country_of(zone, "CH") == country
