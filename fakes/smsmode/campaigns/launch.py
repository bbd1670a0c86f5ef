"""Launching, changing and calling off a campaign: each acts on all of its messages."""

from collections.abc import Sequence
from dataclasses import replace

from fakes.smsmode import network, scheduled
from fakes.smsmode.acceptance import accept, draw_up
from fakes.smsmode.accounts import Channel
from fakes.smsmode.campaigns.campaign import Campaign
from fakes.smsmode.campaigns.requests import Blast, spread
from fakes.smsmode.codes import Value
from fakes.smsmode.message import Message
from fakes.smsmode.party import Party


async def launch(party: Party, channel: Channel, blast: Blast) -> Campaign:
    """Return the campaign, its messages accepted and on their way.

    Raises:
        ServiceError: 400, the text or the sender is refused; nothing is sent then.
    """
    for order in blast.orders:
        draw_up(party, channel, order, "")
    campaign = Campaign(
        campaign_id=party.ids.uuid(),
        channel_id=channel.channel_id,
        organisation_id=channel.organisation_id,
        asked=blast.asked,
        accepted_at=party.now(),
        sent_date=blast.sent_date or party.now(),
        end_date=blast.end_date,
        ref_client=blast.ref_client,
    )
    party.traffic.campaigns[campaign.campaign_id] = campaign
    party.tell(
        "campaign.accepted",
        campaignId=campaign.campaign_id,
        channelId=campaign.channel_id,
        recipients=len(blast.orders),
    )
    for order in blast.orders:
        message, early = accept(party, channel, order, campaign_id=campaign.campaign_id)
        for step in early:
            await network.report(party, message.message_id, step)
    return campaign


def change(party: Party, campaign: Campaign, blast: Blast) -> Campaign:
    """Return a scheduled campaign as ``blast`` now has it, and all of its messages with it.

    Raises:
        ServiceError: 400, the text or the sender is refused; nothing is changed then.
    """
    waiting = _waiting(party, campaign)
    shape = blast.orders[0]
    orders = [
        shape._replace(to=message.to, ref_client=message.ref_client, sent_date=blast.sent_date)
        for message in waiting
    ]
    orders = spread(orders, party.now(), blast.sent_date, blast.end_date)
    channel = party.state.channels[campaign.channel_id]
    for order in orders:
        draw_up(party, channel, order, "")
    for message, order in zip(waiting, orders, strict=True):
        scheduled.rewrite(party, message, order)
    changed = replace(
        campaign,
        asked=blast.asked,
        sent_date=blast.sent_date or campaign.sent_date,
        end_date=blast.end_date,
        ref_client=blast.ref_client,
    )
    party.traffic.campaigns[campaign.campaign_id] = changed
    party.tell("campaign.changed", campaignId=campaign.campaign_id)
    return changed


def call_off(party: Party, campaign: Campaign) -> Campaign:
    """Return a scheduled campaign as cancelled, and all of its messages with it."""
    for message in _waiting(party, campaign):
        scheduled.call_off(party, message)
    cancelled = replace(campaign, is_cancelled=True)
    party.traffic.campaigns[campaign.campaign_id] = cancelled
    party.tell("campaign.cancelled", campaignId=campaign.campaign_id)
    return cancelled


def _waiting(party: Party, campaign: Campaign) -> Sequence[Message]:
    messages = party.traffic.archive.of_campaign(campaign.campaign_id)
    return [m for m in messages if m.value == Value.SCHEDULED]
