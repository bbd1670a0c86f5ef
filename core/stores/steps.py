"""Steps: how far each call to a vendor went, written down before it and after."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Connection, bindparam, select

from core.stores.schema import steps
from core.stores.upsert import upsert


class StepState(StrEnum):
    """How far a call to a vendor went."""

    INTENT = "intent"
    """It is about to be made, or was: only the vendor can tell."""
    RELEASED = "released"
    """It certainly did nothing: it may be made again."""
    DONE = "done"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A call to a vendor, as written down before and after it."""

    state: StepState
    at: datetime


def find(tx: Connection, item: str, name: str) -> Step | None:
    """Return how far a call went, or ``None`` when it was never begun."""
    row = tx.execute(_STEP, {"item": item, "name": name}).one_or_none()
    return None if row is None else Step(state=StepState(row.state), at=row.at)


def save(tx: Connection, item: str, name: str, state: StepState, *, at: datetime) -> None:
    """Write how far a call went."""
    values = {"item": item, "name": name, "state": state, "at": at}
    upsert(tx, steps, values, on=("item", "name"))


def save_all(
    tx: Connection, items: Sequence[str], name: str, state: StepState, *, at: datetime
) -> None:
    """Write how far a call about several things went."""
    for item in items:
        save(tx, item, name, state, at=at)


def with_intent(tx: Connection, items: Sequence[str], name: str) -> set[str]:
    """Return those of ``items`` about which a call was begun whose end is not known."""
    return set(tx.execute(_WITH_INTENT, {"items": items, "name": name}).scalars())


_WITH_INTENT = select(steps.c.item).where(
    steps.c.item.in_(bindparam("items", expanding=True)),
    steps.c.name == bindparam("name"),
    steps.c.state == StepState.INTENT.value,
)
_STEP = select(steps).where(steps.c.item == bindparam("item"), steps.c.name == bindparam("name"))
