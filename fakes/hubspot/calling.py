"""HubSpot's own calls to an app: signed, as its executor sends them."""

from fakes.hubspot.hub import Hub
from fakes.hubspot.settings import UriSigned
from fakes.hubspot.signing import signed_headers
from fakes.hubspot.state import App
from fakes.kit.outbound import Outcome

USER_AGENT = "HubSpot Connect 2.0 (http://dev.hubspot.com/) (namespace: webhooks-nio-http-client)"
"""Source: captures of real calls (many); the namespace varies."""


async def signed_post(hub: Hub, app: App, url: str, body: bytes) -> Outcome:
    """Post ``body`` to an app's address with the v2 and v3 signatures, and return what came of it."""
    signatures = signed_headers(
        app.client_secret,
        "POST",
        url,
        body,
        hub.now(),
        decodes_v2=hub.settings.signs_v2_uri is UriSigned.DECODED,
        decodes_v3=hub.settings.signs_v3_uri is UriSigned.DECODED,
    )
    headers = {"Content-Type": "application/json", "User-Agent": USER_AGENT, **signatures}
    return await hub.outbound.call(
        "POST", url, body=body, headers=headers, timeout=hub.settings.action_timeout
    )
