"""The campaign as the API shows it, summed up from its messages."""

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from fakes.smsmode.accounts import Channel
from fakes.smsmode.campaigns.campaign import Campaign, Stage
from fakes.smsmode.codes import Value, is_final
from fakes.smsmode.countries import CURRENCY
from fakes.smsmode.message import Message
from fakes.smsmode.moments import written
from fakes.smsmode.party import Party

_CALLBACKS = ("callbackUrlStatus", "callbackUrlMo")


def stage_of(campaign: Campaign, messages: Sequence[Message]) -> Stage:
    """Return where a campaign stands: it is over when nothing more can come of its messages."""
    if campaign.is_cancelled:
        return Stage.CANCELED
    if all(m.value == Value.SCHEDULED for m in messages):
        return Stage.SCHEDULED
    return Stage.ENDED if all(is_final(m.value or "") for m in messages) else Stage.ONGOING


def campaign_resource(party: Party, campaign: Campaign) -> dict[str, Any]:
    """Return ``campaign`` as ``GET`` and the answer to a launch show it.

    Source: smsmode API docs, Campaigns; official client (stages). Assumed: ``quantity`` is SMS
    parts, and ``body`` is that of the first message.
    """
    messages = party.traffic.archive.of_campaign(campaign.campaign_id)
    channel = party.state.channels[campaign.channel_id]
    zone = party.settings.zone
    shown: dict[str, Any] = {
        "campaignId": campaign.campaign_id,
        "acceptedAt": written(campaign.accepted_at, zone),
        "sentDate": written(campaign.sent_date, zone),
        **_identity(channel),
        "recipients": [_recipient(message) for message in messages],
        "from": messages[0].sender,
        "body": _body(messages[0]),
        "quantity": sum(m.body.parts for m in messages),
        "price": {"amount": float(_total(messages)), "currency": CURRENCY},
        "status": stage_of(campaign, messages),
        "statuses": _statuses(messages),
        **{name: campaign.asked[name] for name in _CALLBACKS if campaign.asked.get(name)},
        "href": f"{party.settings.base_url}/sms/v1/campaigns/{campaign.campaign_id}",
    }
    if campaign.end_date is not None:
        shown["endDate"] = written(campaign.end_date, zone)
    if campaign.ref_client is not None:
        shown["refClient"] = campaign.ref_client
    return shown


def _identity(channel: Channel) -> dict[str, Any]:
    return {"channel": channel.reference(), "type": channel.type}


def _recipient(message: Message) -> dict[str, str]:
    own = {} if message.ref_client is None else {"refClient": message.ref_client}
    return {"to": message.to, **own}


def _body(message: Message) -> dict[str, Any]:
    body = message.body
    return {
        "text": body.text,
        "encoding": body.encoding,
        "messagePartCount": body.parts,
        "length": body.length,
        "stop": bool(body.stop),
    }


def _total(messages: Sequence[Message]) -> Decimal:
    return sum((m.price or Decimal() for m in messages), Decimal())


def _statuses(messages: Sequence[Message]) -> list[dict[str, Any]]:
    counted = Counter((m.value or "", m.status.detail if m.status else None) for m in messages)
    return [
        {"value": value, "quantity": quantity, **({} if detail is None else {"detail": detail})}
        for (value, detail), quantity in counted.items()
    ]
