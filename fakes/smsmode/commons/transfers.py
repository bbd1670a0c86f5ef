"""Transfers of credit between organisations."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from starlette.responses import Response

from fakes.kit.answers import json_answer
from fakes.kit.call import Call
from fakes.smsmode.accounts import Credential
from fakes.smsmode.auth import authenticate
from fakes.smsmode.billing import payer_of
from fakes.smsmode.codes import Role
from fakes.smsmode.commons import reading
from fakes.smsmode.commons.organisations import RECENT, find_organisation
from fakes.smsmode.commons.transfer import Transfer
from fakes.smsmode.countries import CURRENCY
from fakes.smsmode.errors import Code, refused
from fakes.smsmode.moments import written
from fakes.smsmode.paging import answer_page, read_span, sort
from fakes.smsmode.party import Party
from fakes.smsmode.sight import sees_organisation, unseen


async def create(call: Call[Party]) -> Response:
    """Move credit from the organisation of the path to another: 201.

    Source: smsmode API docs, Transfers. Assumed: the role ADMIN; 400 when the balance is
    too low, or when somebody else pays for who would get it.
    """
    credential = authenticate(call)
    party = call.party
    source = find_organisation(call, credential).organisation_id
    _require_admin(credential)
    asked = await reading.read_body(call)
    destination = _destination(party, credential, asked, source)
    amount = reading.amount(asked, "amount")
    if not amount:
        raise refused(Code.AMOUNT, "amount must be above 0")
    transfer = Transfer(
        transfer_id=party.ids.uuid(),
        source_id=source,
        destination_id=destination,
        amount=amount,
        reference=reading.text(asked, "reference"),
        description=reading.text(asked, "description"),
        created_at=party.now(),
    )
    _move(party, transfer)
    return json_answer(transfer_resource(party, transfer), 201)


async def index(call: Call[Party]) -> Response:
    """Answer with the transfers from and to the organisation, newest first."""
    credential = authenticate(call)
    party = call.party
    own = find_organisation(call, credential).organisation_id
    span = read_span(call, RECENT)
    found = [
        t
        for t in party.state.transfers.values()
        if own in {t.source_id, t.destination_id} and span.holds(t.created_at)
    ]
    sort(call, found, {"creationDate": lambda t: t.created_at}, usual="creationDate")
    return answer_page(call, found, partial(transfer_resource, party), span)


async def show(call: Call[Party]) -> Response:
    """Answer with one transfer."""
    credential = authenticate(call)
    own = find_organisation(call, credential).organisation_id
    wanted = call.params["transferId"]
    found = call.party.state.transfers.get(wanted)
    if found is None or own not in {found.source_id, found.destination_id}:
        detail = f"transferId is {wanted}"
        raise unseen(call.party, "No such transfer", detail, exists=found is not None)
    return json_answer(transfer_resource(call.party, found))


def transfer_resource(party: Party, transfer: Transfer) -> dict[str, Any]:
    """Return a transfer as the API shows it. Source: smsmode API docs, Transfers."""
    path = f"/commons/v1/organisations/{transfer.source_id}/transfers/{transfer.transfer_id}"
    optional = {"reference": transfer.reference, "description": transfer.description}
    return {
        "transferId": transfer.transfer_id,
        "type": party.settings.transfer_type,
        "amount": float(transfer.amount),
        "currency": CURRENCY,
        **{name: value for name, value in optional.items() if value is not None},
        "creationDate": written(transfer.created_at, party.settings.zone),
        "organisationSource": _reference(party, transfer.source_id),
        "organisationDestination": _reference(party, transfer.destination_id),
        "href": f"{party.settings.base_url}{path}",
    }


def _reference(party: Party, organisation_id: str) -> dict[str, str]:
    name = party.state.organisations[organisation_id].name
    return {"organisationId": organisation_id, "name": name}


def _require_admin(credential: Credential) -> None:
    if Role.ADMIN not in credential.roles:
        raise refused(Code.ROLE, "Moving credit needs a key with the role ADMIN")


def _destination(
    party: Party, credential: Credential, asked: Mapping[str, Any], source: str
) -> str:
    named = asked.get("organisationDestination")
    if not isinstance(named, Mapping):
        raise refused(Code.MISSING, "organisationDestination is required")
    wanted = reading.required(named, "organisationId")
    exists = wanted in party.state.organisations
    if not exists or not sees_organisation(party, credential, wanted):
        detail = f"organisationDestination.organisationId is {wanted}"
        raise unseen(party, "No such organisation", detail, exists=exists)
    if wanted == source:
        raise refused(Code.FIELD, "An organisation cannot give credit to itself")
    if payer_of(party, wanted) != wanted:
        detail = "the organisation above pays for it: it has no balance of its own to spend"
        raise refused(Code.FIELD, "This organisation cannot be given credit", detail)
    return wanted


def _move(party: Party, transfer: Transfer) -> None:
    balances = party.state.balances
    if balances[transfer.source_id] < transfer.amount:
        detail = f"the balance is {balances[transfer.source_id]} {CURRENCY}"
        raise refused(Code.AMOUNT, "The balance is too low", detail)
    balances[transfer.source_id] -= transfer.amount
    balances[transfer.destination_id] += transfer.amount
    party.state.transfers[transfer.transfer_id] = transfer
    party.tell(
        "credit.transferred",
        transferId=transfer.transfer_id,
        source=transfer.source_id,
        destination=transfer.destination_id,
        amount=str(transfer.amount),
    )
