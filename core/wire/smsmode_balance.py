"""What an smsmode account holds.

Source: smsmode API docs, Organisations: the balance stands in the organisation (many).
"""

from dataclasses import dataclass
from decimal import Decimal

from core.domain.errors import MalformedRequestError, ProviderDownError
from core.wire.smsmode_fields import Fields

_POSTPAID = "POSTPAID"


@dataclass(frozen=True, slots=True, kw_only=True)
class Balance:
    """What an account holds.

    Args:
        amount: In its currency, euros unless told otherwise.
        prepaid: Whether nothing is sent once it is used up. Assumed: whatever is not
            ``POSTPAID`` is.
    """

    amount: Decimal
    prepaid: bool


def parse_balance(body: bytes) -> Balance | None:
    """Return the balance of the key's own organisation, ``None`` when it is not told.

    A key that also reaches organisations below lists them too: its own is the one whose parent
    is not listed.

    Raises:
        ProviderDownError: The answer cannot be read: ask again.
    """
    try:
        items = Fields.parse(body).each("items")
        listed = {item.text("organisationId") for item in items}
        own = (item for item in items if item.text("parentOrganisationId") not in listed - {None})
        balance = next((item.inside("balance") for item in own), None)
        amount = None if balance is None else balance.money("amount")
        if balance is None or amount is None:
            return None
        return Balance(amount=amount, prepaid=balance.text("paymentType") != _POSTPAID)
    except MalformedRequestError as error:
        msg = f"smsmode's list of organisations is unreadable ({error.message}): ask again"
        raise ProviderDownError(msg) from error
