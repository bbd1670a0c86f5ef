"""The signature that smsmode may put on its callbacks: ``X-Smsmode-256``.

Source: one client of smsmode's (single); the docs name no signature.
*Assumed*: the hexadecimal HMAC-SHA256 of the raw body, perhaps after ``sha256=``.
"""

import hashlib
import hmac
from collections.abc import Mapping, Sequence

from core.domain.signature_errors import BadSignatureError, SignatureFault

HEADER = "X-Smsmode-256"
_PREFIX = "sha256="


def verify(*, body: bytes, headers: Mapping[str, str], secrets: Sequence[str]) -> None:
    """Return when one of ``secrets`` signed the body, or there are none to sign with.

    Raises:
        BadSignatureError: None of them did, or the signature is missing.
    """
    if not secrets:
        return
    given = headers.get(HEADER, "").removeprefix(_PREFIX).lower()
    if not given:
        msg = f"smsmode's callbacks are to carry {HEADER}"
        raise BadSignatureError(SignatureFault.MISSING, msg)
    expected = [hmac.new(each.encode(), body, hashlib.sha256).hexdigest() for each in secrets]
    if not any(hmac.compare_digest(given.encode(), each.encode()) for each in expected):
        msg = f"{HEADER} is of no secret that is known here"
        raise BadSignatureError(SignatureFault.MISMATCH, msg)
