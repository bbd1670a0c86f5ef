"""A fake's refusal: the status, body and headers that the vendor would answer."""

from collections.abc import Mapping


class ServiceError(Exception):
    """Raised by a handler to answer as the vendor refuses.

    Args:
        status: The HTTP status, 400 to 599.
        body: What is sent as JSON; ``None`` sends an empty body.
        headers: Sent along.
    """

    def __init__(
        self, status: int, body: object | None = None, headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(f"{status}: {body}")
        self.status = status
        self.body = body
        self.headers = dict(headers or {})


class MalformedBodyError(Exception):
    """The request's body is not the JSON object or form that the route reads.

    Args:
        reason: What the parser says, with the place.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class BodyTooLargeError(Exception):
    """The request's body is larger than the fake reads.

    Args:
        limit: The largest body read, in bytes.
    """

    def __init__(self, limit: int) -> None:
        super().__init__(f"body larger than {limit} bytes")
        self.limit = limit
