"""What is wrong with the signature of a request."""

from enum import StrEnum

from core.domain.errors import CallerError, Code


class SignatureFault(StrEnum):
    """What is wrong with a request's signature."""

    MISSING = "missing"
    MALFORMED_TIMESTAMP = "malformed_timestamp"
    STALE = "stale"
    FUTURE = "future"
    MISMATCH = "mismatch"


class BadSignatureError(CallerError):
    """The request does not prove who sent it.

    Args:
        reason: What is wrong with the signature.
        message: The same in words.
    """

    def __init__(self, reason: SignatureFault, message: str) -> None:
        super().__init__(Code.BAD_SIGNATURE, message, {"reason": reason})
        self.reason = reason
