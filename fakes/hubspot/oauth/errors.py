"""The token endpoint's refusals: RFC 6749's fields and HubSpot's older ones in one body."""

from enum import StrEnum
from typing import Any

from fakes.hubspot.choices import TokenErrors
from fakes.hubspot.errors import RefusedError


class TokenError(StrEnum):
    """What can be wrong with a call to the token endpoint.

    Source: codes seen in many clients; HubSpot publishes no list.
    """

    BAD_AUTH_CODE = "BAD_AUTH_CODE"
    EXPIRED_AUTH_CODE = "EXPIRED_AUTH_CODE"
    BAD_REFRESH_TOKEN = "BAD_REFRESH_TOKEN"  # noqa: S105 - the name of an error
    MISMATCH_REDIRECT_URI = "MISMATCH_REDIRECT_URI_AUTH_CODE"
    BAD_REDIRECT_URI = "BAD_REDIRECT_URI"
    BAD_CLIENT_ID = "BAD_CLIENT_ID"
    BAD_CLIENT_SECRET = "BAD_CLIENT_SECRET"  # noqa: S105 - the name of an error
    BAD_GRANT_TYPE = "BAD_GRANT_TYPE"
    BAD_CODE_VERIFIER = "BAD_CODE_VERIFIER"
    BAD_SCOPES = "BAD_SCOPES"
    BAD_HUB = "BAD_HUB"


MEANINGS: dict[TokenError, tuple[str, str]] = {
    TokenError.BAD_AUTH_CODE: ("invalid_grant", "missing or unknown auth code"),
    TokenError.EXPIRED_AUTH_CODE: ("invalid_grant", "auth code is expired"),
    TokenError.BAD_REFRESH_TOKEN: (
        "invalid_grant",
        "refresh token is invalid, expired or revoked",
    ),
    TokenError.MISMATCH_REDIRECT_URI: (
        "invalid_grant",
        "redirect_uri does not match the one used to get the auth code",
    ),
    TokenError.BAD_REDIRECT_URI: ("invalid_request", "missing or invalid redirect uri"),
    TokenError.BAD_CLIENT_ID: ("invalid_client", "missing or unknown client id"),
    TokenError.BAD_CLIENT_SECRET: ("invalid_client", "missing or invalid client secret"),
    TokenError.BAD_GRANT_TYPE: ("unsupported_grant_type", "missing or unknown grant type"),
    TokenError.BAD_CODE_VERIFIER: ("invalid_grant", "code verifier is invalid"),
    TokenError.BAD_SCOPES: ("invalid_scope", "missing or invalid scopes"),
    TokenError.BAD_HUB: ("access_denied", "missing or unknown hub id"),
}
"""RFC 6749's code and the sentence of each. Assumed: several sentences; clients read the codes."""


class TokenRefusedError(RefusedError):
    """The token endpoint refuses a call.

    Source: HubSpot developer docs, changelog of January 2026: both shapes (docs).

    Args:
        error: What is wrong.
        form: Whether RFC 6749's fields are there too.
    """

    def __init__(self, error: TokenError, form: TokenErrors = TokenErrors.BOTH) -> None:
        self.rfc, sentence = MEANINGS[error]
        self._form = form
        super().__init__(400, sentence)
        self.code = error

    def envelope(self, correlation_id: str) -> dict[str, Any]:
        """Return the body of the answer, in both shapes at once or in the older one."""
        older = {"status": self.code, "message": self.message, "correlationId": correlation_id}
        if self._form is TokenErrors.LEGACY:
            return older
        return {"error": self.rfc, "error_description": self.message, **older}
