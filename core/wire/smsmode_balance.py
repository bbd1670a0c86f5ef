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


def own_organisation(told: Fields) -> Fields | None:
    """Return the key's own organisation of a list of them, ``None`` when it is empty.

    A key that also reaches organisations below lists them too: its own is the one whose parent
    is not listed.

    Raises:
        MalformedRequestError: It is no such list.
    """
    items = told.each("items")
    listed = {item.text("organisationId") for item in items}
    own = (item for item in items if item.text("parentOrganisationId") not in listed - {None})
    return next(own, None)


def parse_balance(body: bytes) -> Balance | None:
    """Return the balance of the key's own organisation, ``None`` when it is not told.

    Raises:
        ProviderDownError: The answer cannot be read: ask again.
    """
    try:
        own = own_organisation(Fields.parse(body))
        balance = None if own is None else own.inside("balance")
        amount = None if balance is None else balance.money("amount")
        if balance is None or amount is None:
            return None
        return Balance(amount=amount, prepaid=balance.text("paymentType") != _POSTPAID)
    except MalformedRequestError as error:
        msg = f"smsmode's list of organisations is unreadable ({error.message}): ask again"
        raise ProviderDownError(msg) from error
