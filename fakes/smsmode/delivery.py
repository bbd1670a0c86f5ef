"""Delivery: when each report of a message comes, worked out at once and from a seed."""

from dataclasses import dataclass
from datetime import timedelta
from random import Random

from fakes.smsmode.codes import Detail, Value
from fakes.smsmode.fates import Beat, Fate
from fakes.smsmode.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A change that the network will report.

    Args:
        after: When, from the moment of the plan.
        value: The status.
        detail: Why, for a failure.
        is_early: Whether its report is sent before the send is answered.
        is_located: Whether the operator is known: a network reported it.
    """

    after: timedelta
    value: str
    detail: Detail | None = None
    is_early: bool = False
    is_located: bool = False


def plan(fate: Fate, seed: int, settings: Settings) -> tuple[Step, ...]:
    """Return what will be reported, in order; the same arguments give the same steps.

    Args:
        fate: What becomes of the message.
        seed: The message's own chance: it moves the usual moment of DELIVERED.
        settings: The usual moments, and whether ENROUTE is reported.
    """
    lateness = Random(seed).random() * settings.jitter
    return tuple(
        Step(
            after=_moment(beat, lateness, settings),
            value=beat.value,
            detail=beat.detail,
            is_early=beat.is_early,
            is_located=beat.value != Value.ENROUTE and not fate.is_refused,
        )
        for beat in fate.beats
        if settings.reports_enroute or beat.value != Value.ENROUTE
    )


def _moment(beat: Beat, lateness: timedelta, settings: Settings) -> timedelta:
    if beat.after is not None:
        return beat.after
    if beat.value == Value.ENROUTE:
        return settings.enroute_after
    return settings.delivered_after + lateness
