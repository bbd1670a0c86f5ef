"""When a workflow may act."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from fakes.hubspot.automation.hours import next_opening

PARIS = ZoneInfo("Europe/Paris")
DAYS = ("MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY")
TURN = datetime(2026, 10, 23, tzinfo=UTC)
"""Two days before the clocks of Paris go back."""

hours = st.tuples(st.sampled_from(DAYS), st.integers(0, 22), st.integers(1, 23)).filter(
    lambda window: window[1] < window[2]
)


def as_json(window: tuple[str, int, int]) -> dict[str, Any]:
    day, start, end = window
    return {"day": day, "startTime": {"hour": start}, "endTime": {"hour": end}}


def is_open(moment: datetime, windows: list[tuple[str, int, int]], blocked: int) -> bool:
    local = moment.astimezone(PARIS)
    is_within = any(
        DAYS[local.weekday()] == day and start <= local.hour < end for day, start, end in windows
    )
    return is_within and (local.month, local.day) != (10, blocked)


@settings(max_examples=60, deadline=None)
@given(
    windows=st.lists(hours, min_size=1, max_size=4),
    blocked=st.integers(24, 31),
    after=st.integers(0, 7 * 24 * 4),
)
def test_the_opening_is_the_first_moment_that_is_open(
    windows: list[tuple[str, int, int]], blocked: int, after: int
) -> None:
    now = TURN + timedelta(minutes=15 * after)
    closed = [{"dayOfMonth": blocked, "month": "OCTOBER"}]
    found = next_opening(now, [as_json(window) for window in windows], closed, PARIS)
    quarters = (now + timedelta(minutes=15 * step) for step in range(4 * 24 * 21))
    assert found == next(one for one in quarters if is_open(one, windows, blocked))


def test_without_windows_only_blocked_days_wait() -> None:
    christmas = datetime(2026, 12, 25, 9, tzinfo=UTC)
    closed = [{"dayOfMonth": 25, "month": "12"}]
    assert next_opening(christmas, [], closed, UTC) == datetime(2026, 12, 26, tzinfo=UTC)
    assert next_opening(christmas, [], [], UTC) == christmas


def test_a_flow_whose_every_day_is_blocked_never_opens() -> None:
    window = {"day": "MONDAY", "startTime": {"hour": 9}, "endTime": {"hour": 10}}
    closed = [
        {"dayOfMonth": day, "month": str(month)} for month in range(1, 13) for day in range(1, 32)
    ]
    assert next_opening(TURN, [window], closed, PARIS) is None
