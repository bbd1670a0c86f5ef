"""Acceptance: turns an order into a message that is kept and on its way."""

from fakes.smsmode import billing, network
from fakes.smsmode.accounts import Channel
from fakes.smsmode.codes import Direction, Value
from fakes.smsmode.composition import compose
from fakes.smsmode.delivery import Step
from fakes.smsmode.errors import Code, refused
from fakes.smsmode.mention import is_linked, link_of
from fakes.smsmode.message import Message, Order, Status
from fakes.smsmode.party import Party


def accept(
    party: Party, channel: Channel, order: Order, *, campaign_id: str | None = None
) -> tuple[Message, tuple[Step, ...]]:
    """Return the accepted message, and the reports to make before it is answered.

    Args:
        party: Who accepts.
        channel: The channel that sends it.
        order: What was asked for.
        campaign_id: The campaign that it is a part of, if any.

    Neither a lack of credit nor a blacklisted phone fails the call: a report says so later.

    Raises:
        ServiceError: 400, the text or the sender is refused.

    Source: official client, README (credit). Assumed: the same of the blacklist.
    """
    message = draw_up(party, channel, order, party.ids.uuid(), campaign_id=campaign_id)
    party.traffic.archive.add(message)
    link(party, message)
    party.tell(
        "message.accepted",
        **message.ids(),
        organisationId=message.organisation_id,
        channelId=message.channel_id,
        to=message.to,
        sender=message.sender,
        text=message.body.text,
        parts=message.body.parts,
        value=message.value,
    )
    if message.value == Value.SCHEDULED:
        network.schedule(party, message)
        return message, ()
    return message, network.carry(party, message)


def link(party: Party, message: Message) -> None:
    """Have the opt-out code of ``message`` lead to it, where its mention has one."""
    if is_linked(message):
        party.traffic.links[link_of(message.message_id)] = message.message_id


def draw_up(
    party: Party,
    channel: Channel,
    order: Order,
    message_id: str,
    *,
    campaign_id: str | None = None,
) -> Message:
    """Return the message that ``order`` makes; nothing is kept, debited or promised yet.

    Raises:
        ServiceError: 400, the text or the sender is refused.
    """
    now = party.now()
    body = compose(order, channel, link_of(message_id), party.settings)
    first = Value.ENROUTE if order.sent_date is None else Value.SCHEDULED
    # By place, in the order of the fields: names would cost as much as all that is in them.
    return Message(
        message_id,
        channel.channel_id,
        channel.organisation_id,
        Direction.MT,
        order.to,
        _sender(party, channel, order.sender),
        body,
        now,
        order.sent_date or now,
        order.ref_client,
        Status(first, now),
        billing.price_of(order.to, body.parts),
        order,
        None,
        campaign_id,
    )


def _sender(party: Party, channel: Channel, wanted: str | None) -> str:
    if wanted is None:
        return channel.default_from
    if not channel.from_fields or wanted in channel.from_fields:
        return wanted
    if party.settings.strict_senders:
        detail = f"from is {wanted!r}; this channel has {', '.join(channel.from_fields)}"
        raise refused(Code.REFERENCE, "The sender is not authorised", detail)
    return channel.default_from
