"""HubSpot's own calls to an app: signed, as its executor sends them, and kept to be looked at."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from fakes.hubspot.calls import Made, Purpose
from fakes.hubspot.choices import UriSigned
from fakes.hubspot.hub import Hub
from fakes.hubspot.signing import decode_uri, signed_headers, signed_v3
from fakes.hubspot.state import App
from fakes.hubspot.times import epoch_ms

USER_AGENT = "HubSpot Connect 2.0 (http://dev.hubspot.com/) (namespace: webhooks-nio-http-client)"
"""Source: captures of real calls (many); the namespace varies."""


_V2 = frozenset(("X-HubSpot-Signature", "X-HubSpot-Signature-Version"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """Why an app is called.

    Args:
        app: The app.
        purpose: What for.
        callback_id: The execution that it asks for, if it does.
        attempt: Which try it is, from 1.
    """

    app: App
    purpose: Purpose
    callback_id: str | None = None
    attempt: int = 1


async def signed_post(hub: Hub, why: Why, url: str, body: bytes) -> Made:
    """Post JSON to an app's address with the v2 and v3 signatures, and return what came of it."""
    return await signed_call(hub, why, "POST", url, body, timeout=hub.settings.action_timeout)


async def signed_call(
    hub: Hub,
    why: Why,
    method: str,
    url: str,
    body: bytes = b"",
    *,
    timeout: timedelta,  # noqa: ASYNC109 - it is handed on, and waits on no clock of ours
    media_type: str = "application/json",
    is_v3_only: bool = False,
) -> Made:
    """Call an app's address, signed, and return what came of it.

    Args:
        hub: The fake.
        why: Whose secret signs, and what for.
        method: The HTTP method.
        url: The absolute address, its query included.
        body: The exact bytes.
        timeout: How long to wait for the answer.
        media_type: The body's format.
        is_v3_only: Whether the v2 signature is left out, as on what cards fetch themselves.
    """
    now, is_decoded = hub.now(), hub.settings.signs_v3_uri is UriSigned.DECODED
    signatures = signed_headers(
        why.app.client_secret,
        method,
        url,
        body,
        now,
        decodes_v2=hub.settings.signs_v2_uri is UriSigned.DECODED,
        decodes_v3=is_decoded,
    )
    if is_v3_only or not hub.settings.sends_v2:
        signatures = {name: value for name, value in signatures.items() if name not in _V2}
    return await make_call(
        hub,
        why,
        method,
        url,
        body,
        headers={"Content-Type": media_type, "User-Agent": USER_AGENT, **signatures},
        signed=signed_v3(method, decode_uri(url) if is_decoded else url, body, epoch_ms(now)),
        timeout=timeout,
        connect_timeout=hub.settings.connect_timeout,
    )


async def make_call(
    hub: Hub,
    why: Why,
    method: str,
    url: str,
    body: bytes,
    *,
    headers: Mapping[str, str],
    signed: bytes,
    timeout: timedelta,  # noqa: ASYNC109 - it is handed on, and waits on no clock of ours
    connect_timeout: timedelta | None = None,
) -> Made:
    """Call an app's address as it is written here, and keep and return what came of it.

    Args:
        hub: The fake.
        why: Who is called, and what for.
        method: The HTTP method.
        url: The absolute address, its query included.
        body: The exact bytes.
        headers: Sent along.
        signed: What their v3 signature was made of.
        timeout: How long to wait for the answer.
        connect_timeout: How long to wait for a connection; as long, when ``None``.
    """
    at, calls = hub.now(), hub.state.calls
    outcome = await hub.outbound.call(
        method, url, body=body, headers=headers, timeout=timeout, connect_timeout=connect_timeout
    )
    made = Made(
        at=at,
        app_id=why.app.id,
        purpose=why.purpose,
        callback_id=why.callback_id,
        attempt=why.attempt,
        signed=signed,
        outcome=outcome,
    )
    calls.append(made)
    return made
