"""HubSpot's three request signatures, as the sender computes them."""

import hashlib
import hmac
import re
from base64 import b64encode
from datetime import datetime
from urllib.parse import unquote

from fakes.hubspot.times import epoch_ms

_DECODED = re.compile(r"%(?:3A|2F|3F|40|21|24|27|28|29|2A|2C|3B)", re.IGNORECASE)
"""The escapes of ``: / ? @ ! $ ' ( ) * , ;``."""


def decode_uri(uri: str) -> str:
    """Return ``uri`` with the escapes decoded that the v3 signature decodes, and no others.

    Source: HubSpot developer docs, Validating requests (docs).
    """
    return _DECODED.sub(lambda escape: unquote(escape.group()), uri)


def sign_v1(secret: str, body: bytes) -> str:
    """Return the v1 signature: hexadecimal SHA-256 of secret and body.

    Source: HubSpot developer docs, Validating requests (docs).
    """
    return hashlib.sha256(secret.encode() + body).hexdigest()


def sign_v2(secret: str, method: str, uri: str, body: bytes) -> str:
    """Return the v2 signature: hexadecimal SHA-256 of secret, method, URI and body.

    Source: HubSpot developer docs, Validating requests (docs).
    """
    return hashlib.sha256(f"{secret}{method.upper()}{uri}".encode() + body).hexdigest()


def signed_v3(method: str, uri: str, body: bytes, timestamp: int) -> bytes:
    """Return what the v3 signature is made of: method, URI, body and timestamp in one.

    Args:
        method: The HTTP method.
        uri: The whole address, in the form that is signed.
        body: The exact bytes sent.
        timestamp: Epoch milliseconds, as ``X-HubSpot-Request-Timestamp`` says.

    Source: HubSpot developer docs, Validating requests (docs).
    """
    return f"{method.upper()}{uri}".encode() + body + str(timestamp).encode()


def sign_v3(secret: str, method: str, uri: str, body: bytes, timestamp: int) -> str:
    """Return the v3 signature: base64 of HMAC-SHA256, keyed by the secret, over ``signed_v3``.

    Source: HubSpot developer docs, Validating requests (docs).
    """
    signed = signed_v3(method, uri, body, timestamp)
    return b64encode(hmac.new(secret.encode(), signed, hashlib.sha256).digest()).decode()


def signed_headers(
    secret: str,
    method: str,
    url: str,
    body: bytes,
    at: datetime,
    *,
    decodes_v2: bool = False,
    decodes_v3: bool = True,
) -> dict[str, str]:
    """Return the headers of a call that carries v2 and v3 side by side.

    Source: HubSpot developer docs, Validating requests (docs); both at once (many).
    """
    stamp = epoch_ms(at)
    decoded = decode_uri(url)
    uri = decoded if decodes_v3 else url
    return {
        "X-HubSpot-Signature": sign_v2(secret, method, decoded if decodes_v2 else url, body),
        "X-HubSpot-Signature-Version": "v2",
        "X-HubSpot-Signature-v3": sign_v3(secret, method, uri, body, stamp),
        "X-HubSpot-Request-Timestamp": str(stamp),
    }
