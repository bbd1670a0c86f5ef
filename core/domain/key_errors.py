"""What is wrong with the two API keys that are to be an account's; neither is ever shown."""

from collections.abc import Mapping

from core.domain.errors import AccessRevokedError, CallerError, Code
from core.domain.ids import PortalId


class KeysRefusedError(AccessRevokedError):
    """smsmode does not take API keys that were to be an account's.

    Args:
        portal_id: The account.
        reasons: What smsmode says, by the name of each key that it refuses.
    """

    def __init__(self, portal_id: PortalId, reasons: Mapping[str, str]) -> None:
        told = " and ".join(f"the {name} key" for name in reasons)
        said = "; ".join(dict.fromkeys(reasons.values()))
        super().__init__(
            f"smsmode refuses {told}, and nothing was changed: see on the smsmode account that it "
            f"is there and active, copy it whole, and link both keys again (smsmode says: {said})",
            {"portal_id": str(portal_id), "refused": ", ".join(reasons)},
        )


class SwappedKeysError(CallerError):
    """The two API keys of an account were given for each other.

    Args:
        portal_id: The account.
    """

    def __init__(self, portal_id: PortalId) -> None:
        super().__init__(
            Code.KEYS_SWAPPED,
            "the keys are swapped: the marketing key's channel is for notifications, and the "
            "notification key's for marketing; give each for the other",
            {"portal_id": str(portal_id)},
        )
