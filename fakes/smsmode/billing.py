"""Billing: what a message costs, and whose balance bears it."""

from decimal import Decimal

from fakes.smsmode.countries import country_of
from fakes.smsmode.party import Party


def price_of(to: str, parts: int) -> Decimal:
    """Return what ``parts`` SMS to ``to`` cost, in euros."""
    return country_of(to).price * parts


def debit(party: Party, organisation_id: str, amount: Decimal, ids: dict[str, str]) -> bool:
    """Take ``amount`` euros from a balance, and return whether it could bear it.

    Args:
        party: Whose books.
        organisation_id: Who pays.
        amount: How much.
        ids: The business ids that it is about.
    """
    balances = party.state.balances
    if balances[organisation_id] < amount:
        return False
    balances[organisation_id] -= amount
    party.tell(
        "balance.debited",
        organisationId=organisation_id,
        amount=str(amount),
        balance=str(balances[organisation_id]),
        **ids,
    )
    return True
