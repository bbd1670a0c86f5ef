"""Fates: what the network makes of a message, and the magic numbers that choose one."""

from dataclasses import dataclass
from datetime import timedelta

from fakes.smsmode.codes import Detail, Value
from fakes.smsmode.countries import is_fixed


@dataclass(frozen=True, slots=True)
class Beat:
    """One report of a fate.

    Args:
        value: The status; a word outside ``Value`` is sent as it is.
        after: When, from the acceptance; ``None`` is the settings' usual moment for ``value``.
        detail: Why, for a failure.
        is_early: Whether its report is sent before the send is answered.
    """

    value: str
    after: timedelta | None = None
    detail: Detail | None = None
    is_early: bool = False


@dataclass(frozen=True, slots=True)
class Fate:
    """What becomes of a message.

    Args:
        name: How people choose it.
        meaning: What it stands for.
        beats: Its reports, in the order in which they are sent.
        is_refused: Whether smsmode itself refuses: the message is then not billed by default.
        reply: What the phone writes once it has the message, if anything.
    """

    name: str
    meaning: str
    beats: tuple[Beat, ...]
    is_refused: bool = False
    reply: str | None = None


_TAKEN = Beat(Value.ENROUTE)
_DELIVERED = Beat(Value.DELIVERED, timedelta(seconds=3))
_DAY_AND_TWO_HOURS = timedelta(hours=26)


def _refused(name: str, meaning: str, detail: Detail) -> Fate:
    beats = (_TAKEN, Beat(Value.UNDELIVERABLE, timedelta(seconds=1), detail))
    return Fate(name, meaning, beats, is_refused=True)


def _failed(name: str, meaning: str, value: Value, after: timedelta, detail: Detail) -> Fate:
    return Fate(name, meaning, (_TAKEN, Beat(value, after, detail)))


def _answered(name: str, reply: str, but: str = "") -> Fate:
    meaning = f"The phone has it, and writes back: {reply}{but}"
    return Fate(name, meaning, (_TAKEN, _DELIVERED), reply=reply)


USUAL = Fate("usual", "The phone has it after a few seconds", (_TAKEN, Beat(Value.DELIVERED)))
"""What becomes of a message to a number that nobody chose a fate for."""
NO_CREDIT = _refused("no-credit", "The balance cannot bear it", Detail.INSUFFICIENT_CREDIT)
BLACKLISTED = _refused("blacklisted", "The phone opted out", Detail.BLACKLISTED)
INVALID = _refused("invalid", "The number is not attributed", Detail.INVALID_PHONE_NUMBER)
LANDLINE = _refused("landline", "A fixed line takes no SMS", Detail.INVALID_PHONE_NUMBER)
DAILY_LIMIT = _refused("daily-limit", "The day's limit is reached", Detail.DAILY_LIMIT_EXCEEDED)
MONTHLY_LIMIT = _refused(
    "monthly-limit", "The month's limit is reached", Detail.ORGANISATION_MONTHLY_LIMIT_EXCEEDED
)
SPAM = _failed(
    "spam",
    "The operator takes it for spam",
    Value.UNDELIVERABLE,
    timedelta(seconds=3),
    Detail.SPAM,
)

_FATES = (
    Fate("delivered", "The phone has it after 3 seconds", (_TAKEN, _DELIVERED)),
    Fate(
        "delayed",
        "The phone is off, and has it 26 hours later",
        (_TAKEN, Beat(Value.DELIVERED, _DAY_AND_TWO_HOURS)),
    ),
    _failed(
        "expired",
        "The phone stays off; the network gives up after 26 hours",
        Value.UNDELIVERED,
        _DAY_AND_TWO_HOURS,
        Detail.EXPIRED,
    ),
    INVALID,
    Fate(
        "early",
        "DELIVERED is reported before the send is answered",
        (Beat(Value.DELIVERED, timedelta(), is_early=True),),
    ),
    Fate(
        "twice",
        "DELIVERED is reported twice",
        (_TAKEN, _DELIVERED, Beat(Value.DELIVERED, timedelta(seconds=8))),
    ),
    Fate(
        "disordered",
        "DELIVERED is reported, then ENROUTE",
        (_DELIVERED, Beat(Value.ENROUTE, timedelta(seconds=8))),
    ),
    Fate(
        "unheard",
        "A status that no documentation names is reported, and nothing after it",
        (_TAKEN, Beat("BUFFERED", timedelta(seconds=3))),
    ),
    Fate("silent", "The phone has it, and nothing is ever reported", ()),
    LANDLINE,
    SPAM,
    NO_CREDIT,
    BLACKLISTED,
    _answered("replies-stop", "STOP"),
    _answered(
        "replies-arret",
        "ARRET",
        " (no opt-out by default: a production user names the words of stop_words, and ARRET is not one)",
    ),
    _answered("replies-oui", "oui"),
    _answered("replies-emoji", "👍"),
)
FATES = {fate.name: fate for fate in _FATES}
"""Every fate, by its name."""

MAGIC_NUMBERS = {
    "33600000100": "delivered",
    "33600000101": "expired",
    "33600000102": "invalid",
    "33600000103": "early",
    "33600000104": "twice",
    "33600000105": "disordered",
    "33600000106": "unheard",
    "33600000107": "silent",
    "33600000108": "delayed",
    "33600000109": "spam",
    "33600000110": "no-credit",
    "33600000111": "blacklisted",
    "33199000112": "landline",
    "33600000113": "replies-stop",
    "33600000114": "replies-arret",
    "33600000115": "replies-oui",
    "33600000116": "replies-emoji",
}
"""The fate of a message by the number that it is sent to. Assumed: ours, smsmode has none."""


def fate_of(number: str, chosen: str | None) -> Fate:
    """Return what becomes of a message to ``number``.

    Args:
        number: E.164, digits alone.
        chosen: The name of a fate that somebody gave to the phone, if any.
    """
    name = chosen or MAGIC_NUMBERS.get(number)
    if name is not None:
        return FATES[name]
    return LANDLINE if is_fixed(number) else USUAL
