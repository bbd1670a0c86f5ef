"""Callbacks: posts what happened to the apps' addresses, and tries again when it must."""

import hashlib
import hmac
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from fakes.kit.answers import compact_json
from fakes.kit.outbound import Outcome
from fakes.smsmode.ledger import Attempt, Callback, Kind, Progress
from fakes.smsmode.party import Party

SIGNATURE = "X-Smsmode-256"
"""The header of a signed callback. Source: one client, doubtful; off unless a secret is set."""

USER_AGENT = "smsmode"
"""What a callback says it comes from. Assumed: no source tells smsmode's."""

_DETAIL_KEPT = 200


async def post(
    party: Party, kind: Kind, url: str, body: Mapping[str, Any], ids: dict[str, str]
) -> Callback:
    """Tell ``url`` about ``body`` now, promise another try if it does not answer with a 2xx.

    To be awaited from a scheduled job, so that nobody waits for the app's answer.

    Args:
        party: Who tells.
        kind: A report or a reply.
        url: Whom to tell.
        body: What to say; its bytes are kept and sent again unchanged.
        ids: The business ids that it is about.

    Source: official client, webhooks: POST of JSON, any 2xx will do.
    """
    raw = compact_json(body)
    callback = _keep(party, kind, url, raw, _headers(raw, party.settings.callback_secret), ids)
    valve = party.traffic.valve
    if valve.takes_drop():
        callback.progress = Progress.LOST
        party.tell("callback.lost", callbackId=callback.callback_id, about=kind, **ids)
        return callback
    copies = [duplicate(party, callback)] if valve.takes_duplicate() else []
    for each in (callback, *copies):
        await _pass(party, each)
    return callback


def duplicate(party: Party, callback: Callback) -> Callback:
    """Return a new line of the ledger that says the same to the same address; it is not sent yet."""
    return _keep(party, callback.kind, callback.url, callback.body, callback.headers, callback.ids)


def release(party: Party, order: Sequence[str]) -> None:
    """Let held callbacks go, in ``order``; they leave from scheduled jobs, one after the other.

    Args:
        party: Whose valve.
        order: The ids to let go; those not named stay held.
    """
    held = party.traffic.valve.held
    for callback_id in order:
        held.remove(callback_id)
        promise(party, callback_id)


def promise(party: Party, callback_id: str) -> None:
    """Have a callback tried at once, from a scheduled job."""
    job = partial(attempt, party, callback_id)
    party.scheduler.after(timedelta(), job, label=f"smsmode: send {callback_id}")


async def attempt(party: Party, callback_id: str) -> None:
    """Make the next try of a callback; nothing happens when the ledger no longer has it."""
    callback = party.traffic.callbacks.get(callback_id)
    if callback is None:
        return
    if callback.retry is not None:
        callback.retry.cancel()
        callback.retry = None
    started = party.now()
    outcome = await _call(party, callback)
    due = _conclude(party, callback, outcome)
    _note(party, callback, outcome, started, due)


async def redeliver(party: Party, callback: Callback) -> None:
    """Make one more try by hand: a 2xx ends the callback, anything else leaves it as it stood."""
    started = party.now()
    outcome = await _call(party, callback)
    if outcome.succeeded:
        if callback.retry is not None:
            callback.retry.cancel()
            callback.retry = None
        if callback.callback_id in party.traffic.valve.held:
            party.traffic.valve.held.remove(callback.callback_id)
        callback.progress = Progress.ANSWERED
    _note(party, callback, outcome, started, callback.due)


async def _call(party: Party, callback: Callback) -> Outcome:
    return await party.outbound.call(
        "POST",
        callback.url,
        body=callback.body,
        headers=callback.headers,
        timeout=party.settings.callback_timeout,
    )


async def _try_again(party: Party, callback_id: str) -> None:
    callback = party.traffic.callbacks.get(callback_id)
    if callback is not None:
        callback.retry = None
        await _pass(party, callback)


async def _pass(party: Party, callback: Callback) -> None:
    valve = party.traffic.valve
    if valve.holds:
        callback.progress = Progress.HELD
        valve.held.append(callback.callback_id)
        party.tell("callback.held", callbackId=callback.callback_id, **callback.ids)
    else:
        await attempt(party, callback.callback_id)


def _keep(
    party: Party, kind: Kind, url: str, raw: bytes, headers: dict[str, str], ids: dict[str, str]
) -> Callback:
    callback = Callback(
        callback_id=f"callback-{party.ids.count('callback')}",
        kind=kind,
        url=url,
        body=raw,
        headers=headers,
        ids=ids,
    )
    party.traffic.callbacks[callback.callback_id] = callback
    return callback


def _conclude(party: Party, callback: Callback, outcome: Outcome) -> datetime | None:
    """Move ``callback`` to where ``outcome`` brings it, and return when it is tried again."""
    callback.tries += 1
    number = callback.tries
    delays = party.settings.retry_delays
    due = None
    if outcome.succeeded:
        callback.progress = Progress.ANSWERED
    elif outcome.failure == "forbidden" or number > len(delays):
        callback.progress = Progress.DROPPED
    else:
        callback.progress = Progress.WAITING
        delay = delays[number - 1] * float(party.settings.retry_scale)
        due = party.now() + delay
        again = partial(_try_again, party, callback.callback_id)
        label = f"smsmode: retry {callback.callback_id}"
        callback.retry = party.scheduler.after(delay, again, label=label)
    return due


def _note(
    party: Party, callback: Callback, outcome: Outcome, started: datetime, due: datetime | None
) -> None:
    done = Attempt(
        number=len(callback.attempts) + 1,
        at=started,
        latency=party.now() - started,
        status=outcome.status,
        failure=outcome.failure,
        detail=outcome.detail or outcome.body[:_DETAIL_KEPT].decode("utf-8", "replace"),
        next_due=due,
    )
    callback.attempts.append(done)
    party.tell(
        "callback.attempted",
        callbackId=callback.callback_id,
        about=callback.kind,
        url=callback.url,
        progress=callback.progress,
        **callback.ids,
        attempt=done.as_json(),
    )


def _headers(raw: bytes, secret: str | None) -> dict[str, str]:
    headers = {"Content-Type": "application/json", "User-Agent": USER_AGENT}
    if secret is not None:
        headers[SIGNATURE] = hmac.new(secret.encode(), raw, hashlib.sha256).hexdigest()
    return headers
