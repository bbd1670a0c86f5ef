"""What can go wrong, as one tree by who can act on it."""

import math
from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum

from core.domain.ids import ContactId, PortalId
from core.domain.language import Language
from core.domain.refusal_texts import refusal_text
from core.domain.refusals import Refusal


class Code(StrEnum):
    """What went wrong, for programs; refused sends have their own codes."""

    BAD_SIGNATURE = "bad_signature"
    MALFORMED_REQUEST = "malformed_request"
    UNKNOWN_ACCOUNT = "unknown_account"
    NOT_ALLOWED = "not_allowed"
    NOT_FOUND = "not_found"
    STALE_EDIT = "stale_edit"
    BAD_STATE = "bad_state"
    KEYS_SWAPPED = "keys_swapped"
    PROVIDER_REFUSED = "provider_refused"
    PROVIDER_DOWN = "provider_down"
    THROTTLED = "throttled"
    OUT_OF_TURN = "out_of_turn"
    ACCESS_REVOKED = "access_revoked"
    OUTCOME_UNKNOWN = "outcome_unknown"


class CoreError(Exception):
    """Anything the core refuses or fails to do.

    Args:
        code: What went wrong, for programs.
        message: What went wrong and what to do next, in English.
        details: The ids that it is about; never a text, a secret or a full phone number.
    """

    def __init__(
        self, code: StrEnum, message: str, details: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.details: Mapping[str, str] = dict(details or {})


class CallerError(CoreError):
    """The caller asked for something wrong, and must change its request."""


class MalformedRequestError(CallerError):
    """The request cannot be read.

    Args:
        message: What was expected, and where.
        details: Ids, when some could be read.
    """

    def __init__(self, message: str, details: Mapping[str, str] | None = None) -> None:
        super().__init__(Code.MALFORMED_REQUEST, message, details)


class UnknownAccountError(CallerError):
    """No installation is known for this HubSpot account.

    Args:
        portal_id: The account.
    """

    def __init__(self, portal_id: PortalId) -> None:
        super().__init__(
            Code.UNKNOWN_ACCOUNT,
            f"HubSpot account {portal_id} has not installed the application: open its install URL",
            {"portal_id": str(portal_id)},
        )


class UnknownContactError(CallerError):
    """HubSpot knows no such contact in this account.

    Args:
        portal_id: The account.
        contact_id: The contact.
    """

    def __init__(self, portal_id: PortalId, contact_id: ContactId) -> None:
        super().__init__(
            Code.NOT_FOUND,
            f"HubSpot account {portal_id} has no contact {contact_id}: check the record's address",
            {"portal_id": str(portal_id), "contact_id": contact_id},
        )


class SendRefusedError(CoreError):
    """An SMS that must not or cannot be sent; nothing was sent and nothing is owed.

    Args:
        refusal: Why.
        details: Ids, and what helps to find the fault.
    """

    def __init__(self, refusal: Refusal, details: Mapping[str, str] | None = None) -> None:
        token = (details or {}).get("token", "")
        super().__init__(refusal, refusal_text(refusal, "en", token), details)
        self.refusal = refusal

    def text(self, language: Language) -> str:
        """Return what to tell people, in ``language``."""
        return refusal_text(self.refusal, language, self.details.get("token", ""))


class ProviderError(CoreError):
    """A vendor did not do what we asked."""


class ProviderRefusedError(ProviderError):
    """The vendor said no: asking again for the same thing is useless.

    Args:
        status: The HTTP status, 400 to 499.
        vendor_code: The vendor's own code, or the status when it gives none.
        message: What the vendor said.
        details: Ids.
    """

    def __init__(
        self,
        status: int,
        vendor_code: str,
        message: str,
        details: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(Code.PROVIDER_REFUSED, message, details)
        self.status = status
        self.vendor_code = vendor_code


class ProviderDownError(ProviderError):
    """The vendor could not be reached or failed, and did nothing: asking again is safe.

    Args:
        message: What happened.
        details: Ids.
    """

    def __init__(self, message: str, details: Mapping[str, str] | None = None) -> None:
        super().__init__(Code.PROVIDER_DOWN, message, details)


class ThrottledError(ProviderError):
    """The vendor wants us to wait; it did nothing.

    Args:
        retry_after: How long to wait, or ``None`` when the vendor does not say.
        message: What the vendor said.
        details: Ids.
        code: Who wants it, for programs.
    """

    def __init__(
        self,
        retry_after: timedelta | None,
        message: str = "the vendor asks us to slow down: try again later",
        details: Mapping[str, str] | None = None,
        code: Code = Code.THROTTLED,
    ) -> None:
        super().__init__(code, message, details)
        self.retry_after = retry_after

    @property
    def seconds(self) -> int | None:
        """After how many seconds asking again may succeed, 1 or more; ``None``: nobody knows."""
        wait = self.retry_after
        return None if wait is None else max(1, math.ceil(wait.total_seconds()))


class OutOfTurnError(ThrottledError):
    """Our own pace leaves no call for now: the vendor was not asked.

    Args:
        retry_after: How long until the next call may be made.
        details: Ids.
    """

    def __init__(self, retry_after: timedelta, details: Mapping[str, str] | None = None) -> None:
        msg = "all calls that may be made for now are made; the vendor was not asked: try again"
        super().__init__(retry_after, msg, details, Code.OUT_OF_TURN)


class AccessRevokedError(ProviderError):
    """Our token or key is dead: somebody must connect the account again.

    Args:
        message: Which access, and how to give it again.
        details: Ids.
    """

    def __init__(self, message: str, details: Mapping[str, str] | None = None) -> None:
        super().__init__(Code.ACCESS_REVOKED, message, details)


class AppRefusedError(ProviderDownError):
    """HubSpot refuses the app itself, whatever the account: it is set up wrong.

    To the account it is as an outage: nothing was done, and all is done once that is mended.

    Args:
        message: What HubSpot said.
    """

    def __init__(self, message: str) -> None:
        super().__init__(f"{message}: check the app's client id and secret")


class OutcomeUnknownError(ProviderError):
    """The vendor may have done it: ask before doing it again.

    Args:
        message: What happened.
        details: Ids, with the reference by which the vendor can be asked.
    """

    def __init__(self, message: str, details: Mapping[str, str] | None = None) -> None:
        super().__init__(Code.OUTCOME_UNKNOWN, message, details)
