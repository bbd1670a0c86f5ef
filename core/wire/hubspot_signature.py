"""HubSpot's request signatures: whether a request comes from HubSpot.

Source: HubSpot developer docs, validating requests (docs).
"""

import base64
import hashlib
import hmac
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta

from core.domain.signature_errors import BadSignatureError, SignatureFault

WINDOW = timedelta(minutes=5)
"""How old a version 3 request may be."""

FUTURE_SKEW = timedelta(seconds=60)
"""How far ahead of our clock HubSpot's may be. Assumed: the docs only bound the past."""

V3 = "x-hubspot-signature-v3"
"""The header of a signature of version 3."""
_TIMESTAMP = "x-hubspot-request-timestamp"
_V2 = "x-hubspot-signature"
_VERSION = "x-hubspot-signature-version"

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECONDS = re.compile(r"[0-9]{1,14}")
_DECODED_BY_HUBSPOT = re.compile(r"%(?:3[ABF]|2[FC1478A9]|40)", re.IGNORECASE)

Sign = Callable[[bytes, str], bytes]
"""Signs for one URI: the secret and the URI in, the signature as it travels out."""


def verify(
    *,
    method: str,
    url: str,
    body: bytes,
    headers: Mapping[str, str],
    secrets: Sequence[str],
    now: datetime,
    accepts_v1: bool = False,
) -> None:
    """Return when HubSpot signed the request, and raise otherwise.

    Version 3 is checked whenever its header is there, and must then hold; version 2 counts only
    where no version 3 came. Version 2 carries no time, so it may be replayed: what it brings
    must be idempotent. Each is tried on the URL as it is, then with the escapes that HubSpot
    decodes.

    Args:
        method: HTTP method.
        url: The whole URL as HubSpot called it: scheme, host, path and query.
        body: The exact bytes received.
        headers: Header names in any case.
        secrets: The application's client secrets, several during a rotation; an empty one, with
            which anybody could sign, counts for nothing.
        now: The present moment, aware.
        accepts_v1: Whether version 1, which covers the body alone, counts where nothing better
            came; webhooks may carry no other.

    Raises:
        BadSignatureError: With the fault as its ``reason``.
    """
    found = {name.lower(): value for name, value in headers.items()}
    start = method.upper().encode()
    if V3 in found:
        timestamp = found.get(_TIMESTAMP, "")
        _check_age(timestamp, now)
        end = body + timestamp.encode()
        _check(found[V3], url, secrets, lambda key, uri: _sign_v3(key, start, uri, end))
    elif _V2 in found and found.get(_VERSION, "").lower() == "v2":
        _check(found[_V2], url, secrets, lambda key, uri: _sign_v2(key, start, uri, body))
    elif accepts_v1 and found.get(_VERSION, "").lower() == "v1":
        _check(found.get(_V2, ""), url, secrets, lambda key, _: _sign_v1(key, body))
    else:
        raise BadSignatureError(
            SignatureFault.MISSING, "no HubSpot signature of version 3 or 2 in the headers"
        )


def _check_age(timestamp: str, now: datetime) -> None:
    if not _MILLISECONDS.fullmatch(timestamp):
        raise BadSignatureError(
            SignatureFault.MALFORMED_TIMESTAMP,
            "the request timestamp is missing or is not a number of milliseconds",
        )
    age = now - (_EPOCH + timedelta(milliseconds=int(timestamp)))
    if age > WINDOW:
        raise BadSignatureError(
            SignatureFault.STALE, f"the request was signed {age} ago: send it again, signed anew"
        )
    if -age > FUTURE_SKEW:
        raise BadSignatureError(
            SignatureFault.FUTURE, f"the request is dated {-age} ahead: check both clocks"
        )


def _check(given: str, url: str, secrets: Sequence[str], sign: Sign) -> None:
    signature = given.encode()
    decoded = _DECODED_BY_HUBSPOT.sub(_decode, url)
    for uri in dict.fromkeys((url, decoded)):
        for secret in secrets:
            if secret and hmac.compare_digest(signature, sign(secret.encode(), uri)):
                return
    raise BadSignatureError(
        SignatureFault.MISMATCH,
        "the signature does not match: check the client secret and the public base URL",
    )


def _decode(match: re.Match[str]) -> str:
    return chr(int(match[0][1:], 16))


def _sign_v3(secret: bytes, start: bytes, uri: str, end: bytes) -> bytes:
    digest = hmac.digest(secret, start + uri.encode() + end, "sha256")
    return base64.b64encode(digest)


def _sign_v1(secret: bytes, body: bytes) -> bytes:
    return hashlib.sha256(secret + body).hexdigest().encode()


def _sign_v2(secret: bytes, start: bytes, uri: str, body: bytes) -> bytes:
    return hashlib.sha256(secret + start + uri.encode() + body).hexdigest().encode()
