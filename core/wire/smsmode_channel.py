"""What a key's channel is for, as far as smsmode's lists of SMS and channels tell it.

Source: smsmode API docs, Channels: ``flow`` is ``MARKETING``, ``TRANSACTIONAL`` or ``OTP`` (many).
"""

from core.domain.errors import MalformedRequestError, ProviderDownError
from core.wire.smsmode_balance import own_organisation
from core.wire.smsmode_fields import Fields

MARKETING = "MARKETING"
"""The flow of promotional SMS; the others are those of notifications."""


def parse_flow(body: bytes) -> str | None:
    """Return the one flow that a list's SMS or channels have, ``None`` when it tells none or more.

    Raises:
        ProviderDownError: The answer cannot be read: ask again.
    """
    try:
        items = Fields.parse(body).each("items")
        flows = {item.text("flow") or item.inside("channel").text("flow") for item in items}
    except MalformedRequestError as error:
        msg = f"smsmode's list is unreadable ({error.message}): ask again"
        raise ProviderDownError(msg) from error
    return flows.pop() if len(flows) == 1 else None


def parse_organisation(body: bytes) -> str | None:
    """Return the id of the key's own organisation, ``None`` when it is not told.

    Raises:
        ProviderDownError: The answer cannot be read: ask again.
    """
    try:
        own = own_organisation(Fields.parse(body))
        return None if own is None else own.text("organisationId")
    except MalformedRequestError as error:
        msg = f"smsmode's list of organisations is unreadable ({error.message}): ask again"
        raise ProviderDownError(msg) from error
