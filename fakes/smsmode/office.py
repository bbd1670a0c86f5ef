"""Office: the control routes that open accounts, channels and keys, and fill balances."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from starlette.responses import Response

from fakes.kit.answers import json_answer
from fakes.kit.call import Call
from fakes.smsmode import enrolment
from fakes.smsmode.accounts import Channel, Credential, Organisation
from fakes.smsmode.codes import Flow, Role
from fakes.smsmode.commons.reading import is_web_address
from fakes.smsmode.control import control_route, read_object, refusal
from fakes.smsmode.countries import CREDIT, CURRENCY
from fakes.smsmode.money import read_amount
from fakes.smsmode.orders import is_sender
from fakes.smsmode.party import Party


async def _list_organisations(call: Call[Party]) -> Response:
    found = call.party.state.organisations.values()
    return json_answer({"organisations": [_organisation(call.party, o) for o in found]})


async def _add_organisation(call: Call[Party]) -> Response:
    asked = await read_object(call)
    balance = None if asked.get("balance") is None else _amount(asked["balance"])
    made = enrolment.add_organisation(call.party, _text(asked, "name"), balance=balance)
    return json_answer(_organisation(call.party, made), 201)


async def _show_balance(call: Call[Party]) -> Response:
    return json_answer(_balance(call.party, _organisation_id(call)))


async def _set_balance(call: Call[Party]) -> Response:
    organisation_id = _organisation_id(call)
    amount = _amount((await read_object(call)).get("amount"))
    call.party.state.balances[organisation_id] = amount
    call.party.tell("balance.set", organisationId=organisation_id, balance=str(amount))
    return json_answer(_balance(call.party, organisation_id))


async def _list_channels(call: Call[Party]) -> Response:
    found = call.party.state.channels.values()
    return json_answer({"channels": [_channel(channel) for channel in found]})


async def _add_channel(call: Call[Party]) -> Response:
    asked = await read_object(call)
    flow = asked.get("flow")
    if flow not in list(Flow):
        raise refusal(400, "flow", f"flow must be one of {', '.join(Flow)}")
    made = enrolment.add_channel(
        call.party,
        _organisation_id(call),
        _text(asked, "name"),
        Flow(flow),
        default_from=_sender(asked.get("defaultFromField"), "defaultFromField"),
        from_fields=_senders(asked),
        default_callback_status=_address(asked, "defaultCallbackUrlStatus"),
        default_callback_mo=_address(asked, "defaultCallbackUrlMo"),
    )
    return json_answer(_channel(made), 201)


async def _list_keys(call: Call[Party]) -> Response:
    channel_id = _channel_id(call)
    found = call.party.state.credentials.values()
    return json_answer({"keys": [_key(c) for c in found if c.channel_id == channel_id]})


async def _add_key(call: Call[Party]) -> Response:
    asked = await read_object(call)
    roles = asked.get("roles", [Role.USER])
    if not isinstance(roles, list) or not roles or any(r not in list(Role) for r in roles):
        raise refusal(400, "roles", f"roles is a list of {', '.join(Role)}")
    made = enrolment.add_key(
        call.party,
        _channel_id(call),
        _text(asked, "name"),
        roles=tuple(Role(role) for role in roles),
    )
    return json_answer(_key(made), 201)


def _organisation(party: Party, organisation: Organisation) -> dict[str, Any]:
    return {
        "organisationId": organisation.organisation_id,
        "name": organisation.name,
        "parentOrganisationId": organisation.parent_id,
        "balance": _balance(party, organisation.organisation_id),
    }


def _balance(party: Party, organisation_id: str) -> dict[str, Any]:
    amount = party.state.balances[organisation_id]
    return {"amount": str(amount), "currency": CURRENCY, "credits": int(amount // CREDIT)}


def _channel(channel: Channel) -> dict[str, Any]:
    return {
        **channel.reference(),
        "organisationId": channel.organisation_id,
        "defaultFromField": channel.default_from,
        "fromFieldList": list(channel.from_fields),
        "defaultCallbackUrlStatus": channel.default_callback_status,
        "defaultCallbackUrlMo": channel.default_callback_mo,
    }


def _key(credential: Credential) -> dict[str, Any]:
    return {
        "credentialId": credential.credential_id,
        "channelId": credential.channel_id,
        "name": credential.name,
        "value": credential.value,
        "roles": list(credential.roles),
        "blocked": credential.blocked,
    }


def _organisation_id(call: Call[Party]) -> str:
    found = call.params["organisationId"]
    if found not in call.party.state.organisations:
        raise refusal(404, "organisation", f"there is no organisation {found}")
    return found


def _channel_id(call: Call[Party]) -> str:
    found = call.params["channelId"]
    if found not in call.party.state.channels:
        raise refusal(404, "channel", f"there is no channel {found}")
    return found


def _text(asked: Mapping[str, Any], name: str) -> str:
    text = asked.get(name)
    if not isinstance(text, str) or not text:
        raise refusal(400, name, f"{name} must be a text that is not empty")
    return text


def _sender(given: object, name: str) -> str | None:
    if given is None:
        return None
    if not isinstance(given, str) or not is_sender(given):
        raise refusal(400, name, f"{name}: 1 to 11 letters, digits or spaces, not {given!r}")
    return given


def _senders(asked: Mapping[str, Any]) -> tuple[str, ...]:
    name = "fromFieldList"
    given = asked.get(name) or []
    if not isinstance(given, list):
        raise refusal(400, name, f"{name} is a list of senders, not {given!r}")
    return tuple(filter(None, (_sender(each, name) for each in given)))


def _address(asked: Mapping[str, Any], name: str) -> str | None:
    given = asked.get(name)
    if given is None:
        return None
    if not isinstance(given, str) or not is_web_address(given):
        raise refusal(400, name, f"{name} is an http(s) address, not {given!r}")
    return given


def _amount(given: object) -> Decimal:
    try:
        return read_amount(given)
    except ValueError as exc:
        raise refusal(400, "amount", str(exc)) from exc


OFFICE_CONTROL = (
    control_route("GET", "/organisations", _list_organisations, "control#organisations"),
    control_route("POST", "/organisations", _add_organisation, "control#organisation"),
    control_route(
        "GET", "/organisations/{organisationId}/balance", _show_balance, "control#balance"
    ),
    control_route(
        "PUT", "/organisations/{organisationId}/balance", _set_balance, "control#balance"
    ),
    control_route(
        "POST", "/organisations/{organisationId}/channels", _add_channel, "control#channel"
    ),
    control_route("GET", "/channels", _list_channels, "control#channels"),
    control_route("GET", "/channels/{channelId}/keys", _list_keys, "control#keys"),
    control_route("POST", "/channels/{channelId}/keys", _add_key, "control#key"),
)
"""The control routes about who is who."""
