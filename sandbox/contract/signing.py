"""HubSpot's signatures of a call, and the forms in which apps mistake them."""

import hashlib
import hmac
import re
from base64 import b64encode
from datetime import UTC, datetime, timedelta
from urllib.parse import unquote

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_SIGNED_DECODED = re.compile(r"%(?:3A|2F|3F|40|21|24|27|28|29|2A|2C|3B)", re.IGNORECASE)


def signed_uri(url: str) -> str:
    """Return ``url`` as version 3 signs it: the escapes of ``:/?@!$'()*,;`` are decoded.

    Source: HubSpot developer docs, Validating requests (docs).
    """
    return _SIGNED_DECODED.sub(lambda escape: unquote(escape[0]), url)


def stamp_of(at: datetime) -> str:
    """Return a moment as ``X-HubSpot-Request-Timestamp`` tells it: milliseconds since 1970."""
    return str((at - _EPOCH) // timedelta(milliseconds=1))


def mac_v3(secret: str, uri: str, body: bytes, stamp: str, *, method: str = "POST") -> bytes:
    """Return the HMAC-SHA256 of version 3, not yet in base64.

    Source: HubSpot developer docs, Validating requests (docs).
    """
    signed = f"{method}{uri}".encode() + body + stamp.encode()
    return hmac.new(secret.encode(), signed, hashlib.sha256).digest()


def headers_v3(secret: str, uri: str, body: bytes, stamp: str) -> dict[str, str]:
    """Return the headers of version 3, for a URI that is signed as it stands."""
    return {
        "X-HubSpot-Signature-v3": b64encode(mac_v3(secret, uri, body, stamp)).decode(),
        "X-HubSpot-Request-Timestamp": stamp,
    }


def headers_v2(secret: str, url: str, body: bytes) -> dict[str, str]:
    """Return the headers of version 2, which actions are signed with beside version 3.

    Source: HubSpot developer docs, Validating requests (docs); both at once: captures (many).
    """
    signed = f"{secret}POST{url}".encode() + body
    return {
        "X-HubSpot-Signature": hashlib.sha256(signed).hexdigest(),
        "X-HubSpot-Signature-Version": "v2",
    }


def headers_v1(secret: str, body: bytes) -> dict[str, str]:
    """Return the headers of version 1, which actions are not signed with.

    Source: HubSpot developer docs, Validating requests (docs).
    """
    return {
        "X-HubSpot-Signature": hashlib.sha256(secret.encode() + body).hexdigest(),
        "X-HubSpot-Signature-Version": "v1",
    }


def headers(secret: str, url: str, body: bytes, at: datetime) -> dict[str, str]:
    """Return the headers with which HubSpot calls an action: versions 2 and 3 side by side."""
    return {
        **headers_v2(secret, url, body),
        **headers_v3(secret, signed_uri(url), body, stamp_of(at)),
    }
