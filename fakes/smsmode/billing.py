"""Billing: what a message costs, whose balance bears it, and the limits on what is spent."""

from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from fakes.smsmode.countries import country_of
from fakes.smsmode.fates import DAILY_LIMIT, MONTHLY_LIMIT, NO_CREDIT, Fate
from fakes.smsmode.message import Message
from fakes.smsmode.party import Party

_FREE = Decimal()


def price_of(to: str, parts: int) -> Decimal:
    """Return what ``parts`` SMS to ``to`` cost, in euros."""
    return country_of(to).price * parts


def charge(party: Party, message: Message) -> Fate | None:
    """Make the organisation pay for ``message``; return the fate of one that cannot be paid.

    Source: typed clients (the details of a refusal). Assumed: limits are in euros, on the clocks of
    the settings' zone, and a channel's month is refused as its organisation's.
    """
    price = message.price or _FREE
    periods = _periods(party, message, party.now())
    refusal = _over_limit(party, message, price, periods)
    if refusal is not None:
        return refusal
    if not debit(party, message.organisation_id, price, message.ids()):
        return NO_CREDIT
    party.traffic.billed[message.message_id] = price
    for key in periods:
        party.traffic.spent[key] += price
    return None


def debit(party: Party, organisation_id: str, amount: Decimal, ids: dict[str, str]) -> bool:
    """Take ``amount`` euros from a balance, and return whether it could bear it.

    Args:
        party: Whose books.
        organisation_id: Who pays, or whose parent does.
        amount: How much.
        ids: The business ids that it is about.
    """
    balances = party.state.balances
    payer = payer_of(party, organisation_id)
    if balances[payer] < amount:
        return False
    balances[payer] -= amount
    party.tell(
        "balance.debited",
        organisationId=payer,
        amount=str(amount),
        balance=str(balances[payer]),
        **ids,
    )
    return True


def payer_of(party: Party, organisation_id: str) -> str:
    """Return the organisation that pays for another: itself, or the one above with parent billing."""
    organisation = party.state.organisations[organisation_id]
    while organisation.parent_billing and organisation.parent_id is not None:
        organisation = party.state.organisations[organisation.parent_id]
    return organisation.organisation_id


def spent(party: Party, owner_id: str, *, monthly: bool) -> Decimal:
    """Return what a channel or an organisation spent this month, or today, in euros."""
    day = _day(party, party.now())
    return party.traffic.spent.get((owner_id, day[:7] if monthly else day), _FREE)


def _periods(party: Party, message: Message, at: datetime) -> tuple[tuple[str, str], ...]:
    day = _day(party, at)
    month = day[:7]
    return (
        (message.channel_id, day),
        (message.channel_id, month),
        (message.organisation_id, month),
    )


def _day(party: Party, at: datetime) -> str:
    return at.astimezone(ZoneInfo(party.settings.zone)).date().isoformat()


def _over_limit(
    party: Party, message: Message, price: Decimal, periods: tuple[tuple[str, str], ...]
) -> Fate | None:
    channel = party.state.channels[message.channel_id]
    organisation = party.state.organisations[message.organisation_id]
    limits = (channel.daily_limit, channel.monthly_limit, organisation.monthly_limit)
    fates = (DAILY_LIMIT, MONTHLY_LIMIT, MONTHLY_LIMIT)
    for limit, period, fate in zip(limits, periods, fates, strict=True):
        if limit is not None and party.traffic.spent.get(period, _FREE) + price > limit:
            return fate
    return None
