"""Channels of an organisation."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from starlette.responses import Response

from fakes.kit.answers import json_answer
from fakes.kit.call import Call
from fakes.smsmode import enrolment, sight
from fakes.smsmode.accounts import Channel, Credential
from fakes.smsmode.auth import authenticate
from fakes.smsmode.billing import spent_this_month, spent_today
from fakes.smsmode.codes import ChannelType, Flow
from fakes.smsmode.commons import reading
from fakes.smsmode.commons.organisations import find_organisation, require_manager
from fakes.smsmode.moments import written
from fakes.smsmode.paging import answer_page, sort
from fakes.smsmode.party import Party
from fakes.smsmode.sight import sees_channel, unseen

_ARCHIVED_AFTER = "P10D"


async def create(call: Call[Party]) -> Response:
    """Open a channel: 201. Source: smsmode API docs, Channels. Assumed: the role MANAGER."""
    credential = authenticate(call)
    party = call.party
    organisation = find_organisation(call, credential)
    require_manager(credential)
    asked = await reading.read_body(call)
    name = reading.required(asked, "name")
    type_ = reading.choice(asked, "type", ChannelType)
    flow = reading.choice(asked, "flow", Flow)
    changes = _changes(asked)
    made = enrolment.add_channel(party, organisation.organisation_id, name, flow, type_=type_)
    made = replace(made, **changes)
    party.state.channels[made.channel_id] = made
    return json_answer(channel_resource(party, made), 201)


async def index(call: Call[Party]) -> Response:
    """Answer with the organisation's channels that the key reaches, newest first."""
    credential = authenticate(call)
    party = call.party
    organisation = find_organisation(call, credential)
    found = [
        c
        for c in party.state.channels.values()
        if c.organisation_id == organisation.organisation_id and sees_channel(party, credential, c)
    ]
    sort(call, found, {"creationDate": lambda c: c.created_at}, usual="creationDate")
    return answer_page(call, found, partial(channel_resource, party))


async def show(call: Call[Party]) -> Response:
    """Answer with one channel, and what it has spent."""
    credential = authenticate(call)
    return json_answer(channel_resource(call.party, _of_path(call, credential)))


async def change(call: Call[Party]) -> Response:
    """Change a channel's name, daily limit and default addresses; never its type or flow."""
    credential = authenticate(call)
    channel = _of_path(call, credential)
    require_manager(credential)
    asked = await reading.read_body(call)
    changes = _changes(asked)
    if "name" in asked:
        changes["name"] = reading.required(asked, "name")
    changed = replace(channel, **changes)
    call.party.state.channels[channel.channel_id] = changed
    return json_answer(channel_resource(call.party, changed))


def find_channel(call: Call[Party], credential: Credential) -> Channel:
    """Return the channel of the path; see ``sight.find_channel``."""
    return sight.find_channel(call.party, credential, call.params["channelId"])


def channel_resource(party: Party, channel: Channel) -> dict[str, Any]:
    """Return a channel as the API shows it. Source: smsmode API docs, Channels."""
    own_id = channel.channel_id
    optional = {
        "dailyConsumptionLimit": _number(channel.daily_limit),
        "monthlyConsumptionLimit": _number(channel.monthly_limit),
        "defaultCallbackUrlStatus": channel.default_callback_status,
        "defaultCallbackUrlMo": channel.default_callback_mo,
    }
    base = f"{party.settings.base_url}/commons/v1/organisations/{channel.organisation_id}"
    return {
        **channel.reference(),
        "organisationId": channel.organisation_id,
        "creationDate": written(channel.created_at, party.settings.zone),
        "dailyConsumption": float(spent_today(party, own_id)),
        "monthlyConsumption": float(spent_this_month(party, own_id)),
        "defaultFromField": channel.default_from,
        "fromFieldList": list(channel.from_fields),
        "archivePeriod": _ARCHIVED_AFTER,
        **{name: value for name, value in optional.items() if value is not None},
        "href": f"{base}/channels/{own_id}",
    }


def _of_path(call: Call[Party], credential: Credential) -> Channel:
    organisation = find_organisation(call, credential)
    channel = find_channel(call, credential)
    if channel.organisation_id != organisation.organisation_id:
        detail = f"channelId is {channel.channel_id}"
        raise unseen(call.party, "No such channel", detail, exists=False)
    return channel


def _changes(asked: Mapping[str, Any]) -> dict[str, Any]:
    changes: dict[str, Any] = {}
    if "dailyConsumptionLimit" in asked:
        changes["daily_limit"] = reading.amount(asked, "dailyConsumptionLimit")
    if "defaultCallbackUrlStatus" in asked:
        changes["default_callback_status"] = reading.url(asked, "defaultCallbackUrlStatus")
    if "defaultCallbackUrlMo" in asked:
        changes["default_callback_mo"] = reading.url(asked, "defaultCallbackUrlMo")
    return changes


def _number(limit: object) -> float | None:
    return None if limit is None else float(str(limit))
