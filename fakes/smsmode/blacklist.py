"""The blacklist: who may no longer be written to, and by whom."""

from fakes.smsmode.choices import Opposed, Scope
from fakes.smsmode.codes import Flow
from fakes.smsmode.message import Message
from fakes.smsmode.party import Party
from fakes.smsmode.state import Listing


def scope_of(party: Party, organisation_id: str, channel_id: str) -> str:
    """Return the id that a STOP binds. Assumed: the organisation's."""
    narrow = party.settings.blacklist_scope is Scope.CHANNEL
    return channel_id if narrow else organisation_id


def is_listed(party: Party, message: Message) -> bool:
    """Return whether the phone of ``message`` opted out of what its channel sends."""
    flow = party.state.channels[message.channel_id].flow
    if party.settings.blacklist_refuses is Opposed.MARKETING and flow is not Flow.MARKETING:
        return False
    scope = scope_of(party, message.organisation_id, message.channel_id)
    return (scope, message.phone) in party.traffic.blacklist


def enlist(party: Party, scope: str, number: str, *, origin: Message | None, reason: str) -> bool:
    """Put ``number`` on the list, and return whether it was not there yet.

    Args:
        party: Whose list.
        scope: The organisation or the channel that may no longer write to it.
        number: The phone.
        origin: The message that it answered, if any.
        reason: ``reply``, ``page`` or ``control``.
    """
    if (scope, number) in party.traffic.blacklist:
        return False
    origin_id = origin.message_id if origin else None
    listing = Listing(
        number=number, scope=scope, at=party.now(), origin_id=origin_id, reason=reason
    )
    party.traffic.blacklist[scope, number] = listing
    party.tell(
        "number.blacklisted",
        number=number,
        scope=scope,
        reason=reason,
        originMessageId=origin_id,
        refClient=origin.ref_client if origin else None,
    )
    return True


def delist(party: Party, number: str, scope: str | None = None) -> int:
    """Take ``number`` off the list of ``scope``, or off every list, and return how many."""
    listed = party.traffic.blacklist
    gone = [k for k in listed if k[1] == number and scope in {None, k[0]}]
    for key in gone:
        del listed[key]
    for freed, _ in gone:
        party.tell("number.freed", number=number, scope=freed)
    return len(gone)
