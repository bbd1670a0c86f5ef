"""HubSpot's own calls to an app: signed, as its executor sends them."""

from datetime import timedelta

from fakes.hubspot.choices import UriSigned
from fakes.hubspot.hub import Hub
from fakes.hubspot.signing import signed_headers
from fakes.hubspot.state import App
from fakes.kit.outbound import Outcome

USER_AGENT = "HubSpot Connect 2.0 (http://dev.hubspot.com/) (namespace: webhooks-nio-http-client)"
"""Source: captures of real calls (many); the namespace varies."""


_V2 = frozenset(("X-HubSpot-Signature", "X-HubSpot-Signature-Version"))


async def signed_post(hub: Hub, app: App, url: str, body: bytes) -> Outcome:
    """Post JSON to an app's address with the v2 and v3 signatures, and return what came of it."""
    timeout = hub.settings.action_timeout
    return await signed_call(hub, app, "POST", url, body, timeout=timeout)


async def signed_call(
    hub: Hub,
    app: App,
    method: str,
    url: str,
    body: bytes = b"",
    *,
    timeout: timedelta,  # noqa: ASYNC109 - it is handed on, and waits on no clock of ours
    media_type: str = "application/json",
    is_v3_only: bool = False,
) -> Outcome:
    """Call an app's address, signed, and return what came of it.

    Args:
        hub: The fake.
        app: Whose secret signs.
        method: The HTTP method.
        url: The absolute address, its query included.
        body: The exact bytes.
        timeout: How long to wait for the answer.
        media_type: The body's format.
        is_v3_only: Whether the v2 signature is left out, as on what cards fetch themselves.
    """
    signatures = signed_headers(
        app.client_secret,
        method,
        url,
        body,
        hub.now(),
        decodes_v2=hub.settings.signs_v2_uri is UriSigned.DECODED,
        decodes_v3=hub.settings.signs_v3_uri is UriSigned.DECODED,
    )
    if is_v3_only or not hub.settings.sends_v2:
        signatures = {name: value for name, value in signatures.items() if name not in _V2}
    headers = {"Content-Type": media_type, "User-Agent": USER_AGENT, **signatures}
    return await hub.outbound.call(
        method,
        url,
        body=body,
        headers=headers,
        timeout=timeout,
        connect_timeout=hub.settings.connect_timeout,
    )
