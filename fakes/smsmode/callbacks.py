"""Callbacks: posts what happened to the apps' addresses, and tries again when it must."""

import hashlib
import hmac
from collections.abc import Mapping
from functools import partial
from typing import Any

import orjson

from fakes.kit.outbound import Outcome
from fakes.smsmode.ledger import Attempt, Callback, Kind, Progress
from fakes.smsmode.party import Party

SIGNATURE = "X-Smsmode-256"
"""The header of a signed callback. Source: one client, doubtful; off unless a secret is set."""

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
    raw = orjson.dumps(body)
    number = party.ids.count("callback")
    callback = Callback(
        callback_id=f"callback-{number}",
        kind=kind,
        url=url,
        body=raw,
        headers=_headers(raw, party.settings.callback_secret),
        ids=ids,
    )
    party.traffic.callbacks[callback.callback_id] = callback
    await attempt(party, callback.callback_id)
    return callback


async def attempt(party: Party, callback_id: str) -> None:
    """Make the next try of a callback; nothing happens when the ledger no longer has it."""
    callback = party.traffic.callbacks.get(callback_id)
    if callback is None:
        return
    outcome = await party.outbound.call(
        "POST",
        callback.url,
        body=callback.body,
        headers=callback.headers,
        timeout=party.settings.callback_timeout,
    )
    _conclude(party, callback, outcome)


def _conclude(party: Party, callback: Callback, outcome: Outcome) -> None:
    number = len(callback.attempts) + 1
    delays = party.settings.retry_delays
    due = None
    if outcome.succeeded:
        callback.progress = Progress.ANSWERED
    elif outcome.failure == "forbidden" or number > len(delays):
        callback.progress = Progress.DROPPED
    else:
        callback.progress = Progress.WAITING
        delay = delays[number - 1]
        due = party.now() + delay
        again = partial(attempt, party, callback.callback_id)
        party.scheduler.after(delay, again, label=f"smsmode: retry {callback.callback_id}")
    done = Attempt(
        number=number,
        at=party.now(),
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
    headers = {"Content-Type": "application/json"}
    if secret is not None:
        headers[SIGNATURE] = hmac.new(secret.encode(), raw, hashlib.sha256).hexdigest()
    return headers
