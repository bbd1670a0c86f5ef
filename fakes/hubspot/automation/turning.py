"""When time alone may change whether a contact meets filters: those that count from the present."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from fakes.hubspot.automation.filters import Branch, Filtered, measured
from fakes.hubspot.automation.moments import POINTS, ROLLING, Operation, measured_moment
from fakes.hubspot.automation.operations import Holder
from fakes.hubspot.automation.timepoints import is_indexed, turns_of

_INSTANT = timedelta(milliseconds=1)
"""HubSpot's smallest span: what holds up to a moment may cease to just after it."""


def counts_from_now(branch: Branch) -> bool:
    """Return whether time alone may change who meets ``branch``."""
    return any(_is_timed(operation) for operation, _, _ in measured(branch, None))


def next_turn(branches: Iterable[Branch], contact: Filtered) -> datetime | None:
    """Return the next moment at which time alone may change which of ``branches`` a contact meets.

    Between two of them nothing changes but by what happens to the contact.

    Args:
        branches: What is looked at.
        contact: The contact at its present moment.
    """
    turns = (
        turn
        for branch in branches
        for operation, name, holder in measured(branch, contact)
        if holder is not None and _is_timed(operation)
        for turn in _turns(operation, name, holder)
    )
    return min((turn for turn in turns if turn > contact.now), default=None)


def _is_timed(operation: Operation) -> bool:
    kind = str(operation.get("operationType"))
    return kind in ROLLING or any(
        is_indexed(operation.get(place)) for place in POINTS.get(kind, ())
    )


def _turns(operation: Operation, name: str, holder: Holder) -> Iterator[datetime]:
    held = measured_moment(operation, name, holder)
    if held is None:
        return
    try:
        for moment in _meetings(operation, held, holder):
            yield moment
            yield moment + _INSTANT
    except OverflowError:
        # Beyond the last year that there is, nothing is waited for.
        return


def _meetings(operation: Operation, held: datetime, holder: Holder) -> Iterator[datetime]:
    kind = str(operation.get("operationType"))
    if kind in ROLLING:
        yield held
        yield held + timedelta(days=operation.get("numberOfDays") or 0)
    for place in POINTS.get(kind, ()):
        if is_indexed(operation.get(place)):
            yield from turns_of(operation[place], held, holder)
