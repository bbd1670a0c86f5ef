"""Credentials: the keys of a channel, their roles, allowed addresses and last use."""

from dataclasses import replace
from functools import partial
from typing import Any

from starlette.responses import Response

from fakes.kit.answers import empty_answer, json_answer
from fakes.kit.call import Call
from fakes.smsmode import enrolment
from fakes.smsmode.accounts import Credential
from fakes.smsmode.auth import authenticate
from fakes.smsmode.codes import Role
from fakes.smsmode.commons import reading
from fakes.smsmode.commons.channels import find_channel
from fakes.smsmode.commons.organisations import require_manager
from fakes.smsmode.errors import Code, refused
from fakes.smsmode.moments import written
from fakes.smsmode.paging import answer_page, sort
from fakes.smsmode.party import Party
from fakes.smsmode.sight import is_managing, unseen

_ARCHIVED_AFTER = 10


async def create(call: Call[Party]) -> Response:
    """Make a key: 201, its value included.

    Source: smsmode API docs, Credentials. Assumed: the role MANAGER, and that nobody gives a role
    that they lack.
    """
    credential = authenticate(call)
    party = call.party
    channel = find_channel(call, credential)
    require_manager(credential)
    asked = await reading.read_body(call)
    name = reading.required(asked, "name")
    reading.required(asked, "type")
    roles = reading.choices(asked, "roles", Role)
    if roles is None:
        raise refused(Code.MISSING, "roles is required")
    _refuse_promotion(credential, roles)
    addresses = reading.texts(asked, "authorizedIps") or ()
    made = enrolment.add_key(party, channel.channel_id, name, roles=roles)
    made = replace(made, authorized_ips=addresses)
    party.state.credentials[made.credential_id] = made
    return json_answer(credential_resource(party, made), 201)


async def index(call: Call[Party]) -> Response:
    """Answer with the channel's keys, newest first; a USER sees its own alone."""
    credential = authenticate(call)
    party = call.party
    channel = find_channel(call, credential)
    found = [
        c
        for c in party.state.credentials.values()
        if c.channel_id == channel.channel_id and _sees(credential, c)
    ]
    sort(call, found, {"creationDate": lambda c: c.created_at}, usual="creationDate")
    return answer_page(call, found, partial(credential_resource, party))


async def show(call: Call[Party]) -> Response:
    """Answer with one key."""
    credential = authenticate(call)
    return json_answer(credential_resource(call.party, _of_path(call, credential)))


async def change(call: Call[Party]) -> Response:
    """Change a key's name, roles, allowed addresses, or block it; ``type`` must be repeated."""
    credential = authenticate(call)
    found = _of_path(call, credential)
    require_manager(credential)
    asked = await reading.read_body(call)
    reading.required(asked, "type")
    roles = reading.choices(asked, "roles", Role) or found.roles
    _refuse_promotion(credential, roles)
    blocked = reading.flag(asked, "blocked")
    addresses = reading.texts(asked, "authorizedIps")
    changed = replace(
        found,
        name=reading.text(asked, "name") or found.name,
        roles=roles,
        blocked=found.blocked if blocked is None else blocked,
        authorized_ips=found.authorized_ips if addresses is None else addresses,
        modified_at=call.party.now(),
    )
    call.party.state.credentials[found.credential_id] = changed
    return json_answer(credential_resource(call.party, changed))


async def delete(call: Call[Party]) -> Response:
    """Revoke a key: 204. Whoever sends it from now on is answered 401."""
    credential = authenticate(call)
    found = _of_path(call, credential)
    require_manager(credential)
    enrolment.revoke_key(call.party, found)
    return empty_answer()


def credential_resource(party: Party, credential: Credential) -> dict[str, Any]:
    """Return a key as the API shows it. Source: smsmode API docs, Credentials."""
    zone = party.settings.zone
    channel = party.state.channels[credential.channel_id]
    path = f"/commons/v1/channels/{channel.channel_id}/credentials/{credential.credential_id}"
    shown: dict[str, Any] = {
        "credentialId": credential.credential_id,
        "name": credential.name,
        "type": party.settings.key_type,
        "value": credential.value,
        "roles": list(credential.roles),
        "authorizedIps": list(credential.authorized_ips),
        "blocked": credential.blocked,
        "state": party.settings.organisation_state,
        "channel": {**channel.reference(), "organisationId": channel.organisation_id},
        "creationDate": written(credential.created_at, zone),
        "twoFaEnabled": False,
        "archivePeriod": _ARCHIVED_AFTER,
        "href": f"{party.settings.base_url}{path}",
    }
    if credential.modified_at is not None:
        shown["modificationDate"] = written(credential.modified_at, zone)
    if (use := party.state.uses.get(credential.credential_id)) is not None:
        shown |= {"lastUseDate": written(use.at, zone), "lastIpAddress": use.address}
    return shown


def _of_path(call: Call[Party], credential: Credential) -> Credential:
    channel = find_channel(call, credential)
    wanted = call.params["credentialId"]
    found = call.party.state.credentials.get(wanted)
    is_there = found is not None and found.channel_id == channel.channel_id
    if found is None or not is_there or not _sees(credential, found):
        detail = f"credentialId is {wanted}"
        raise unseen(call.party, "No such credential", detail, exists=is_there)
    return found


def _sees(credential: Credential, other: Credential) -> bool:
    return is_managing(credential) or other.credential_id == credential.credential_id


def _refuse_promotion(credential: Credential, roles: tuple[Role, ...]) -> None:
    if Role.ADMIN in roles and Role.ADMIN not in credential.roles:
        raise refused(Code.ROLE, "Giving the role ADMIN needs a key that has it")
