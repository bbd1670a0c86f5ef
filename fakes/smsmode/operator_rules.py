"""Operators' rules in France: which marketing messages they stop."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from fakes.smsmode.codes import Flow
from fakes.smsmode.countries import FRANCE, country_of
from fakes.smsmode.message import Message

_PARIS = ZoneInfo("Europe/Paris")
_OPENS, _CLOSES = time(8), time(22)
_SUNDAY = 6
_FIXED_HOLIDAYS = ((1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25))
_DAYS_AFTER_EASTER = (1, 39, 50)


def is_unlawful(message: Message, flow: Flow, moment: datetime) -> bool:
    """Return whether French operators may stop ``message`` at ``moment``.

    It is marketing to a French number, and lacks the opt-out mention or comes from 22:00 to 8:00,
    on a Sunday or on a public holiday.

    Source: AF2M, charter of marketing SMS. Assumed: that operators enforce it to the minute.
    """
    if flow is not Flow.MARKETING or country_of(message.to).iso != FRANCE:
        return False
    local = moment.astimezone(_PARIS)
    is_open = _OPENS <= local.time() < _CLOSES and local.weekday() != _SUNDAY
    return not (message.body.mention and is_open and not is_holiday(local.date()))


def is_holiday(day: date) -> bool:
    """Return whether ``day`` is a public holiday in metropolitan France."""
    if (day.month, day.day) in _FIXED_HOLIDAYS:
        return True
    easter = _easter(day.year)
    return any(day == easter + timedelta(days=after) for after in _DAYS_AFTER_EASTER)


def _easter(year: int) -> date:
    # Gauss's algorithm, in the form that Butcher gave it.
    a, b, c = year % 19, year // 100, year % 100
    d, e = b // 4, b % 4
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = c // 4, c % 4
    weekday = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * weekday) // 451
    month, day = divmod(h + weekday - 7 * m + 114, 31)
    return date(year, month, day + 1)
