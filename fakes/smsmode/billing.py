"""Billing: what a message costs, whose balance bears it, and the limits on what is spent."""

from decimal import Decimal

from fakes.smsmode.accounts import POSTPAID
from fakes.smsmode.countries import country_of
from fakes.smsmode.fates import DAILY_LIMIT, MONTHLY_LIMIT, NO_CREDIT, Fate
from fakes.smsmode.message import Message
from fakes.smsmode.moments import QUARTER, day_of
from fakes.smsmode.party import Party

_FREE = Decimal()
_MONTH = len("2026-11")


def price_of(to: str, parts: int) -> Decimal:
    """Return what ``parts`` SMS to ``to`` cost, in euros."""
    price = country_of(to).price
    return price if parts == 1 else price * parts


def charge(party: Party, message: Message) -> Fate | None:
    """Make the organisation pay for ``message``; return the fate of one that cannot be paid.

    Source: typed clients (the details of a refusal). Assumed: limits are in euros, on the clocks of
    the settings' zone, and a channel's month is refused as its organisation's.
    """
    price = message.price or _FREE
    day = _today(party)
    refusal = _over_limit(party, message, price)
    if refusal is not None:
        return refusal
    if not debit(party, message.organisation_id, price, "message", message.ids()):
        return NO_CREDIT
    party.traffic.billed[message.message_id] = price
    party.traffic.spent[message.channel_id, day] += price
    return None


def debit(
    party: Party, organisation_id: str, amount: Decimal, reason: str, ids: dict[str, str]
) -> bool:
    """Take ``amount`` euros from a balance, and return whether it could bear it.

    Args:
        party: Whose books.
        organisation_id: Who pays, or whose parent does.
        amount: How much.
        reason: ``message`` or ``stop``.
        ids: The business ids that it is about.
    """
    balances = party.state.balances
    payer = payer_of(party, organisation_id)
    may_owe = party.state.organisations[payer].payment_type == POSTPAID
    if balances[payer] < amount and not may_owe:
        return False
    balances[payer] -= amount
    party.tell(
        "balance.debited",
        organisationId=payer,
        amount=str(amount),
        balance=str(balances[payer]),
        reason=reason,
        **ids,
    )
    return True


def payer_of(party: Party, organisation_id: str) -> str:
    """Return the organisation that pays for another: itself, or the one above with parent billing."""
    organisation = party.state.organisations[organisation_id]
    while organisation.parent_billing and organisation.parent_id is not None:
        organisation = party.state.organisations[organisation.parent_id]
    return organisation.organisation_id


def spent_today(party: Party, channel_id: str) -> Decimal:
    """Return what a channel spent since midnight, in euros."""
    return party.traffic.spent.get((channel_id, _today(party)), _FREE)


def spent_this_month(party: Party, *channel_ids: str) -> Decimal:
    """Return what some channels spent since the first of the month, in euros."""
    month = _today(party)[:_MONTH]
    spent = party.traffic.spent.items()
    days = (v for (c, day), v in spent if c in channel_ids and day[:_MONTH] == month)
    return sum(days, _FREE)


def channels_of(party: Party, organisation_id: str) -> tuple[str, ...]:
    """Return the ids of an organisation's channels."""
    channels = party.state.channels.values()
    return tuple(c.channel_id for c in channels if c.organisation_id == organisation_id)


def _today(party: Party) -> str:
    return day_of(int(party.now().timestamp()) // QUARTER, party.settings.zone)


def _over_limit(party: Party, message: Message, price: Decimal) -> Fate | None:
    channel = party.state.channels[message.channel_id]
    organisation = party.state.organisations[message.organisation_id]
    daily, monthly = channel.daily_limit, channel.monthly_limit
    if daily is not None and spent_today(party, channel.channel_id) + price > daily:
        return DAILY_LIMIT
    if monthly is not None and spent_this_month(party, channel.channel_id) + price > monthly:
        return MONTHLY_LIMIT
    if (limit := organisation.monthly_limit) is not None:
        ids = channels_of(party, organisation.organisation_id)
        if spent_this_month(party, *ids) + price > limit:
            return MONTHLY_LIMIT
    return None
