"""Consumptions: what a channel sent in a month, by operator and by status."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import partial
from typing import Any
from uuid import NAMESPACE_URL, uuid5
from zoneinfo import ZoneInfo

from starlette.responses import Response

from fakes.kit.answers import json_answer
from fakes.kit.call import Call
from fakes.smsmode.accounts import Channel, Credential
from fakes.smsmode.auth import authenticate
from fakes.smsmode.commons.channels import find_channel
from fakes.smsmode.countries import CURRENCY
from fakes.smsmode.errors import Code, refused
from fakes.smsmode.message import Message
from fakes.smsmode.operators import lookup_of
from fakes.smsmode.paging import answer_page, read_span, sort
from fakes.smsmode.party import Party
from fakes.smsmode.sight import sees_channel, unseen

_WINDOW = timedelta(days=92)
_MONTH = "MONTH"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Consumption:
    channel: Channel
    month: date
    messages: tuple[Message, ...]

    @property
    def consumption_id(self) -> str:
        return str(uuid5(NAMESPACE_URL, f"{self.channel.channel_id}/{self.month.isoformat()}"))


async def index(call: Call[Party]) -> Response:
    """Answer with the months of one channel, or of every channel in sight, newest first.

    Source: smsmode API docs, Consumptions; a published connector (key-scoped route, default of
    three months, filters).
    """
    credential = authenticate(call)
    party = call.party
    channels = _channels(call, credential)
    period = call.query("searchBy[periodType]") or _MONTH
    if period != _MONTH:
        raise refused(Code.QUERY, "searchBy[periodType] must be MONTH", f"not {period!r}")
    kind = call.query("searchBy[channel.type]")
    span = read_span(call, _WINDOW)
    first = _month(party, span.start)
    found = [
        consumption
        for channel in channels
        if kind in {None, channel.type}
        for consumption in _consumptions(party, channel)
        if first <= consumption.month <= _month(party, span.end)
    ]
    sort(call, found, {"startDate": lambda c: c.month}, usual="startDate")
    return answer_page(call, found, partial(_resource, party), span)


async def show(call: Call[Party]) -> Response:
    """Answer with one month of a channel."""
    credential = authenticate(call)
    channel = find_channel(call, credential)
    wanted = call.params["consumptionId"]
    for consumption in _consumptions(call.party, channel):
        if consumption.consumption_id == wanted:
            return json_answer(_resource(call.party, consumption))
    raise unseen(call.party, "No such consumption", f"consumptionId is {wanted}", exists=False)


def _channels(call: Call[Party], credential: Credential) -> Sequence[Channel]:
    if "channelId" in call.params:
        return (find_channel(call, credential),)
    party = call.party
    return [c for c in party.state.channels.values() if sees_channel(party, credential, c)]


def _consumptions(party: Party, channel: Channel) -> Iterable[_Consumption]:
    months: defaultdict[date, list[Message]] = defaultdict(list)
    for message in party.traffic.archive.of_channels((channel.channel_id,)):
        if message.message_id in party.traffic.billed:
            months[_month(party, message.sent_date)].append(message)
    for month, messages in months.items():
        yield _Consumption(channel=channel, month=month, messages=tuple(messages))


def _month(party: Party, moment: datetime) -> date:
    return moment.astimezone(ZoneInfo(party.settings.zone)).date().replace(day=1)


def _resource(party: Party, consumption: _Consumption) -> dict[str, Any]:
    channel = consumption.channel
    path = f"/commons/v1/channels/{channel.channel_id}/consumptions/{consumption.consumption_id}"
    return {
        "consumptionId": consumption.consumption_id,
        "type": f"{channel.type}_{_MONTH}",
        "periodType": _MONTH,
        "startDate": consumption.month.isoformat(),
        **_sum(party, consumption.messages),
        "channel": channel.reference(),
        "items": _items(party, consumption.messages),
        "href": f"{party.settings.base_url}{path}",
    }


def _items(party: Party, messages: Iterable[Message]) -> list[dict[str, Any]]:
    by_operator: defaultdict[str, list[Message]] = defaultdict(list)
    for message in messages:
        by_operator[lookup_of(message.to)["mccMnc"]].append(message)
    return [
        {
            "lookup": lookup_of(group[0].to),
            **_sum(party, group),
            "statuses": [
                {"value": value, "quantity": quantity}
                for value, quantity in Counter(m.value for m in group).items()
            ],
        }
        for group in by_operator.values()
    ]


def _sum(party: Party, messages: Iterable[Message]) -> dict[str, Any]:
    quantity, total = 0, Decimal()
    for message in messages:
        quantity += message.body.parts
        total += party.traffic.billed[message.message_id]
    return {"quantity": quantity, "price": {"amount": float(total), "currency": CURRENCY}}
