"""Delivery: when each report of a message comes, worked out at once and from a seed."""

from datetime import timedelta
from hashlib import blake2b
from typing import NamedTuple

from fakes.smsmode.codes import Detail, Value
from fakes.smsmode.fates import Fate
from fakes.smsmode.message import Message
from fakes.smsmode.operators import operator_of
from fakes.smsmode.settings import Settings

_CHANCES = 2**64
_ENROUTE, _DELIVERED = Value.ENROUTE, Value.DELIVERED


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
        value = beat.value
        is_taken = value == _ENROUTE
        if is_taken and not settings.reports_enroute:
            continue
        reply = fate.reply if value == _DELIVERED else None
        after = beat.after
        if after is None:
            usual = settings.enroute_after
            after = usual if is_taken else _delivery_time(message, seed, settings)
        is_located = not (is_taken or fate.is_refused)
        steps.append(Step(after, value, beat.detail, beat.is_early, is_located, reply))
    if settings.stray_status is not None and steps:
        steps.insert(-1, Step(steps[-1].after / 2, settings.stray_status))
    return tuple(steps)


def chance_of(message_id: str, seed: int) -> float:
    """Return a message's own chance, from 0 to 1 excluded."""
    digest = blake2b(f"{seed}:{message_id}".encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big") / _CHANCES


def _delivery_time(message: Message, seed: int, settings: Settings) -> timedelta:
    lateness = chance_of(message.message_id, seed) * settings.jitter
    took = settings.delivered_after + lateness + operator_of(message.to).latency
    parts = message.body.parts
    return took if parts == 1 else took + (parts - 1) * settings.part_after
