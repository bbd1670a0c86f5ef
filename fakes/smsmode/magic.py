"""The magic numbers, printed: one table for the endpoint, the command line and the documentation."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from fakes.smsmode.codes import Value
from fakes.smsmode.fates import FATES, MAGIC_NUMBERS, Beat, Fate
from fakes.smsmode.settings import Settings

REPLY_AFTER = timedelta(seconds=5)
"""How long after a delivery a phone that writes back does so."""

_PAGE = """# Magic numbers

A message to one of these numbers has a fate that is always the same, whatever the seed. Any other
mobile number is delivered after some seconds, any other fixed line is refused. smsmode itself has
no such numbers: they are the sandbox's own.

| number | fate | what it stands for | what is reported, from the acceptance |
|---|---|---|---|
{rows}

The table is also printed by `.venv/bin/python -m fakes.smsmode magic-numbers`, and served as JSON at
`/_control/smsmode/magic-numbers`. To give any other phone one of these fates:
`PATCH /_control/smsmode/phones/{{number}}` with `{{"fate": "expired"}}`.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One number of the table.

    Args:
        number: E.164, digits alone.
        fate: The name of its fate.
        meaning: What it stands for.
        timeline: What is reported, and when from the acceptance.
    """

    number: str
    fate: str
    meaning: str
    timeline: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """Return the row as JSON-ready values."""
        return {
            "number": self.number,
            "fate": self.fate,
            "meaning": self.meaning,
            "timeline": list(self.timeline),
        }


def rows() -> tuple[Row, ...]:
    """Return the table, in the order of the numbers' last digits."""
    return tuple(
        Row(
            number=number,
            fate=name,
            meaning=FATES[name].meaning,
            timeline=_timeline(FATES[name]),
        )
        for number, name in MAGIC_NUMBERS.items()
    )


def page() -> str:
    """Return the documentation's page, in Markdown."""
    lines = (
        f"| {row.number} | {row.fate} | {row.meaning} | {', then '.join(row.timeline) or 'nothing'} |"
        for row in rows()
    )
    return _PAGE.format(rows="\n".join(lines))


def _timeline(fate: Fate) -> tuple[str, ...]:
    said = [f"{_word(beat)} {_moment(beat)}" for beat in fate.beats]
    if fate.reply is not None:
        said.append(f"the reply {fate.reply} {REPLY_AFTER.total_seconds():g} s after the delivery")
    return tuple(said)


def _word(beat: Beat) -> str:
    return beat.value if beat.detail is None else f"{beat.value} ({beat.detail})"


def _moment(beat: Beat) -> str:
    if beat.is_early:
        return "before the answer"
    usual = Settings().enroute_after if beat.value == Value.ENROUTE else Settings().delivered_after
    seconds = (beat.after if beat.after is not None else usual).total_seconds()
    return f"at {seconds / 3600:g} h" if seconds >= 3600 else f"at {seconds:g} s"  # noqa: PLR2004 - an hour
