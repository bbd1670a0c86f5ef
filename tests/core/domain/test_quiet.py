"""When promotional SMS may go out."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.quiet import (
    FRENCH_HOURS,
    ZONES,
    SendingHours,
    Window,
    is_holiday,
    read_hours,
)

PARIS = ZoneInfo("Europe/Paris")


def paris(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=PARIS)


@pytest.mark.parametrize(
    ("wanted", "allowed"),
    [
        ("2026-11-23T08:00", "2026-11-23T08:00"),
        ("2026-11-23T07:59", "2026-11-23T08:00"),
        ("2026-11-23T19:59", "2026-11-23T19:59"),
        ("2026-11-23T20:00", "2026-11-24T08:00"),
        ("2026-11-27T21:00", "2026-11-28T10:00"),
        ("2026-11-28T19:00", "2026-11-30T08:00"),
        ("2026-11-29T12:00", "2026-11-30T08:00"),
        ("2026-12-24T20:30", "2026-12-26T10:00"),
        ("2026-05-01T12:00", "2026-05-02T10:00"),
        ("2026-04-06T09:00", "2026-04-07T08:00"),
        ("2026-03-28T23:00", "2026-03-30T08:00"),
    ],
    ids=[
        "the first moment",
        "a minute early",
        "the last minute",
        "the first that is too late",
        "a Friday night",
        "a Saturday evening",
        "a Sunday",
        "before Christmas, a Friday",
        "Labour Day",
        "Easter Monday",
        "the night when clocks change",
    ],
)
def test_the_next_opening_in_france(wanted: str, allowed: str) -> None:
    assert FRENCH_HOURS.next_opening(paris(wanted), "FR") == paris(allowed)


def test_the_hours_are_the_recipients_own() -> None:
    morning_in_paris = paris("2026-11-23T09:00")
    opening = FRENCH_HOURS.next_opening(morning_in_paris, "GP")
    assert opening.astimezone(ZoneInfo("America/Guadeloupe")).hour == 8
    assert opening > morning_in_paris


def test_a_region_has_its_own_holidays() -> None:
    abolition_in_martinique = datetime(2026, 5, 22, tzinfo=UTC).date()
    assert is_holiday(abolition_in_martinique, "MQ")
    assert not is_holiday(abolition_in_martinique, "FR")


@pytest.mark.parametrize("country", ["CH", "BE", ""])
def test_elsewhere_there_are_no_hours(country: str) -> None:
    night = paris("2026-11-29T03:00")
    assert FRENCH_HOURS.next_opening(night, country) == night


@given(
    st.datetimes(min_value=datetime(2025, 1, 1), max_value=datetime(2030, 1, 1)),  # noqa: DTZ001 - given a zone below
    st.sampled_from(sorted(ZONES)),
)
def test_an_opening_is_never_before_and_is_open(naive: datetime, country: str) -> None:
    moment = naive.replace(tzinfo=UTC)
    opening = FRENCH_HOURS.next_opening(moment, country)
    assert moment <= opening <= moment + timedelta(days=5)
    assert FRENCH_HOURS.next_opening(opening, country) == opening
    assert not is_holiday(opening.astimezone(ZoneInfo(ZONES[country])).date(), country)


def test_hours_are_read_from_a_setting() -> None:
    hours = read_hours("mon-fri 08:00-20:00, sat 10:00-19:00")
    assert hours == FRENCH_HOURS
    assert read_hours("off") is None


HOURS = st.tuples(st.integers(0, 23), st.integers(0, 23)).map(sorted)
WINDOWS = HOURS.map(lambda h: Window(opens=time(h[0], 5), closes=time(h[1], 50)))


@given(st.tuples(*[st.none() | WINDOWS] * 7).filter(any))
def test_hours_are_written_as_they_are_read(windows: tuple[Window | None, ...]) -> None:
    hours = SendingHours(windows=windows)
    assert read_hours(str(hours)) == hours


@pytest.mark.parametrize(
    "text", ["", "always", "mon 8-20", "fri-mon 08:00-20:00", "mon 20:00-08:00", "mon 25:00-26:00"]
)
def test_what_are_no_hours_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"needed|order|before|hour must be"):
        read_hours(text)
