"""The calls that HubSpot made to apps, as whoever develops one wants to see them."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from fakes.hubspot.times import iso
from fakes.kit.outbound import Outcome

MOST_KEPT = 1000
"""How many calls are kept; the oldest go first."""


class Purpose(StrEnum):
    """What a call is for."""

    ACTION = "action"
    """A workflow runs an app's action."""
    TEST = "test"
    """Somebody tries an action in the workflow editor."""
    OPTIONS = "options"
    """The workflow editor asks for the choices of a field."""
    WEBHOOK = "webhook"
    """An app is told of changes."""
    CARD = "card"
    """A record shows a legacy card, or one of its buttons was pressed."""
    FETCH = "fetch"
    """An app card calls its backend."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A call that was made, and what came of it.

    Args:
        at: When.
        app_id: To which app.
        purpose: What for.
        callback_id: The execution that it asks for, if it does.
        attempt: Which try it is, from 1; the highest of a batch of webhooks.
        signed: What the v3 signature was made of, secret apart: method, URI, body and timestamp.
        outcome: What was sent, and what came back.
    """

    at: datetime
    app_id: int
    purpose: Purpose
    callback_id: str | None
    attempt: int
    signed: bytes
    outcome: Outcome

    def request_json(self) -> dict[str, Any]:
        """Return what was sent, JSON-ready."""
        sent = self.outcome.sent
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in sent.headers}
        body = sent.body.decode("utf-8", "replace")
        return {"method": sent.method, "url": sent.url, "headers": headers, "body": body}

    def as_json(self) -> dict[str, Any]:
        """Return the call as the control route lists it."""
        return {
            "at": iso(self.at),
            "appId": self.app_id,
            "purpose": self.purpose,
            "callbackId": self.callback_id,
            "attempt": self.attempt,
            "request": self.request_json(),
            "signed": self.signed.decode("utf-8", "replace"),
            "status": self.outcome.status,
            "failure": self.outcome.failure,
            "detail": self.outcome.detail,
            "answer": self.outcome.body.decode("utf-8", "replace"),
        }
