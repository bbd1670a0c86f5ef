"""When promotional SMS may go out: hours of the week, no public holiday, in the recipient's zone."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from types import MappingProxyType
from zoneinfo import ZoneInfo

from core.domain.language import Words

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
"""The days of the week as they are written in a setting, Monday first."""

ZONES: Mapping[str, str] = MappingProxyType(
    {
        "FR": "Europe/Paris",
        "GP": "America/Guadeloupe",
        "BL": "America/St_Barthelemy",
        "MF": "America/Marigot",
        "MQ": "America/Martinique",
        "GF": "America/Cayenne",
        "RE": "Indian/Reunion",
        "YT": "Indian/Mayotte",
    }
)
"""Where French hours are kept, by the region of the number, and what o'clock it is there."""

_FURTHEST = 32
_PERIOD = re.compile(
    r"(?P<first>[a-z]{3})(?:-(?P<last>[a-z]{3}))?"
    r"\s+(?P<opens>\d{1,2}:\d{2})-(?P<closes>\d{1,2}:\d{2})"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """The part of a day during which SMS may go out.

    Args:
        opens: The first moment.
        closes: The first moment that is too late.
    """

    opens: time
    closes: time

    def __str__(self) -> str:
        return f"{self.opens:%H:%M}-{self.closes:%H:%M}"


@dataclass(frozen=True, slots=True, kw_only=True)
class SendingHours:
    """When promotional SMS may go out.

    Args:
        windows: One for each day of the week, Monday first; ``None`` where there is none.
    """

    windows: tuple[Window | None, ...]

    def next_opening(self, moment: datetime, country: str) -> datetime:
        """Return ``moment``, or when it is next allowed to send to a number of ``country``.

        Numbers outside France keep no hours.

        Args:
            moment: The moment wanted, aware.
            country: ISO alpha-2 code of the number's region.
        """
        name = ZONES.get(country)
        if name is None:
            return moment
        zone = ZoneInfo(name)
        local = moment.astimezone(zone)
        for ahead in range(_FURTHEST):
            day = local.date() + timedelta(days=ahead)
            window = self.windows[day.weekday()]
            if window is None or is_holiday(day, country):
                continue
            if local < datetime.combine(day, window.opens, zone):
                return datetime.combine(day, window.opens, zone).astimezone(UTC)
            if local < datetime.combine(day, window.closes, zone):
                return moment
        return moment + timedelta(days=_FURTHEST)

    def __str__(self) -> str:
        """Return them as a setting writes them, and ``read_hours`` reads them."""
        parts = []
        for window, days in groupby(zip(self.windows, DAYS, strict=True), key=itemgetter(0)):
            names = [day for _, day in days]
            span = "-".join(dict.fromkeys((names[0], names[-1])))
            parts += [] if window is None else [f"{span} {window}"]
        return ", ".join(parts)


FRENCH_HOURS = SendingHours(
    windows=(
        *(Window(opens=time(8), closes=time(20)),) * 5,
        Window(opens=time(10), closes=time(19)),
        None,
    )
)
"""Monday to Friday 8:00 to 20:00, Saturday 10:00 to 19:00, never on Sundays.

Assumed: the hours of one production user. Providers' pages differ by an hour or two; all close
on Sundays and public holidays.
"""


def read_hours(text: str) -> SendingHours | None:
    """Return the hours that a setting names, ``None`` for ``off``.

    Args:
        text: Such as ``mon-fri 08:00-20:00, sat 10:00-19:00``, or ``off``.

    Raises:
        ValueError: It is neither.
    """
    if text.strip().lower() == "off":
        return None
    windows: dict[int, Window] = {}
    for part in text.lower().split(","):
        match = _PERIOD.fullmatch(part.strip())
        if match is None:
            msg = "'off' or hours are needed, as mon-fri 08:00-20:00, sat 10:00-19:00"
            raise ValueError(msg)
        windows |= dict.fromkeys(_days(match), _window(match))
    return SendingHours(windows=tuple(map(windows.get, range(7))))


def postponed(moment: datetime, country: str) -> Words:
    """Return what people read of an SMS that waits for ``moment``, told in the recipient's time."""
    local = moment.astimezone(ZoneInfo(ZONES.get(country, ZONES["FR"])))
    return Words(
        fr=f"Envoi reporté au {local:%d/%m/%Y à %H:%M} (heure du destinataire)",
        en=f"Postponed to {local:%Y-%m-%d %H:%M} (the recipient's time)",
    )


def is_holiday(day: date, country: str) -> bool:
    """Return whether ``day`` is a public holiday in a region of France.

    Source: the ``holidays`` library, which follows the labour code.
    """
    return day in _holidays(country, day.year)


@lru_cache(maxsize=64)
def _holidays(country: str, year: int) -> frozenset[date]:
    # Loading the library takes as long as the rest of the domain, and notifications never need it.
    from holidays import country_holidays  # noqa: PLC0415 - see above

    return frozenset(country_holidays(country, years=year))


def _days(match: re.Match[str]) -> range:
    first, last = match["first"], match["last"] or match["first"]
    if first not in DAYS or last not in DAYS or DAYS.index(last) < DAYS.index(first):
        msg = f"days go from mon to sun, in this order: {match[0]!r}"
        raise ValueError(msg)
    return range(DAYS.index(first), DAYS.index(last) + 1)


def _window(match: re.Match[str]) -> Window:
    opens, closes = _hour(match["opens"]), _hour(match["closes"])
    if opens >= closes:
        msg = f"the hours must open before they close: {match[0]!r}"
        raise ValueError(msg)
    return Window(opens=opens, closes=closes)


def _hour(text: str) -> time:
    hours, _, minutes = text.partition(":")
    return time(int(hours), int(minutes))
