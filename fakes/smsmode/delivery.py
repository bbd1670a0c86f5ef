"""Delivery: when each report of a message comes, worked out at once and from a seed."""

from datetime import timedelta
from hashlib import blake2b
from typing import NamedTuple

from fakes.smsmode.codes import Detail, Value
from fakes.smsmode.fates import Beat, Fate
from fakes.smsmode.message import Message
from fakes.smsmode.operators import operator_of
from fakes.smsmode.settings import Settings

_CHANCES = 2**64


class Step(NamedTuple):
    """A change that the network will report; a tuple, since two are made for each message.

    Args:
        after: When, from the moment at which the message leaves.
        value: The status.
        detail: Why, for a failure.
        is_early: Whether its report is sent before the send is answered.
        is_located: Whether the operator is known: a network reported it.
        reply: What the phone writes back after it, if anything.
    """

    after: timedelta
    value: str
    detail: Detail | None = None
    is_early: bool = False
    is_located: bool = False
    reply: str | None = None


def plan(message: Message, fate: Fate, seed: int, settings: Settings) -> tuple[Step, ...]:
    """Return what will be reported of ``message``, in order; the same arguments give the same steps.

    Args:
        message: What leaves: its number's operator and its parts move the usual DELIVERED.
        fate: What becomes of it.
        seed: The world's chance; with the message's id it makes the message's own.
        settings: The usual moments, and what is reported.
    """
    steps = []
    for beat in fate.beats:
        if beat.value == Value.ENROUTE and not settings.reports_enroute:
            continue
        is_located = beat.value != Value.ENROUTE and not fate.is_refused
        reply = fate.reply if beat.value == Value.DELIVERED else None
        after = _moment(beat, message, seed, settings)
        steps.append(Step(after, beat.value, beat.detail, beat.is_early, is_located, reply))
    if settings.stray_status is not None and steps:
        steps.insert(-1, Step(steps[-1].after / 2, settings.stray_status))
    return tuple(steps)


def chance_of(message_id: str, seed: int) -> float:
    """Return a message's own chance, from 0 to 1 excluded."""
    digest = blake2b(f"{seed}:{message_id}".encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big") / _CHANCES


def _moment(beat: Beat, message: Message, seed: int, settings: Settings) -> timedelta:
    if beat.after is not None:
        return beat.after
    if beat.value == Value.ENROUTE:
        return settings.enroute_after
    lateness = chance_of(message.message_id, seed) * settings.jitter
    parts = (message.body.parts - 1) * settings.part_after
    return settings.delivered_after + lateness + parts + operator_of(message.to).latency
