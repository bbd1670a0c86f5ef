"""Organisations: those that a key reaches, and new ones below."""

from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import timedelta
from decimal import Decimal
from functools import partial
from typing import Any

from starlette.responses import Response

from fakes.kit.answers import json_answer
from fakes.kit.call import Call
from fakes.smsmode import enrolment
from fakes.smsmode.accounts import Credential, Organisation
from fakes.smsmode.auth import authenticate
from fakes.smsmode.billing import channels_of, payer_of, spent_this_month
from fakes.smsmode.codes import Role
from fakes.smsmode.commons import reading
from fakes.smsmode.countries import CURRENCY
from fakes.smsmode.errors import Code, refused
from fakes.smsmode.moments import written
from fakes.smsmode.paging import answer_page, sort
from fakes.smsmode.party import Party
from fakes.smsmode.profile import Address, Company, Contact, Profile
from fakes.smsmode.sight import is_managing, sees_organisation, unseen

_PARTS: Mapping[str, type[Contact | Address | Company]] = {
    "contact": Contact,
    "address": Address,
    "billingContact": Contact,
    "billingAddress": Address,
    "companyInformation": Company,
}


async def create(call: Call[Party]) -> Response:
    """Open an organisation below the key's own: 201. Its balance is empty; a transfer fills it.

    Source: smsmode API docs, Organisations. Assumed: it takes the role ADMIN.
    """
    credential = authenticate(call)
    party = call.party
    if Role.ADMIN not in credential.roles:
        raise refused(Code.ROLE, "Opening an organisation needs a key with the role ADMIN")
    asked = await reading.read_body(call)
    name = reading.required(asked, "name")
    if asked.get("contact") is None:
        raise refused(Code.MISSING, "contact is required")
    profile = read_profile(Profile(), asked)
    balance = asked.get("balance") or {}
    if not isinstance(balance, Mapping):
        raise refused(Code.FIELD, "balance must be an object")
    limit = reading.amount(asked, "monthlyConsumptionLimit")
    payment_type = reading.text(balance, "paymentType") or party.settings.payment_type
    parent_billing = bool(reading.flag(balance, "parentBilling"))
    own = party.state.channels[credential.channel_id].organisation_id
    made = enrolment.add_organisation(party, name, balance=Decimal(), parent_id=own)
    made = replace(
        made,
        profile=profile,
        monthly_limit=limit,
        payment_type=payment_type,
        parent_billing=parent_billing,
    )
    party.state.organisations[made.organisation_id] = made
    return json_answer(organisation_resource(party, made), 201)


async def index(call: Call[Party]) -> Response:
    """Answer with the organisations that the key reaches, newest first."""
    credential = authenticate(call)
    party = call.party
    found = [
        o
        for o in party.state.organisations.values()
        if sees_organisation(party, credential, o.organisation_id)
    ]
    sort(call, found, {"creationDate": lambda o: o.created_at}, usual="creationDate")
    return answer_page(call, found, partial(organisation_resource, party))


async def show(call: Call[Party]) -> Response:
    """Answer with one organisation, its balance included."""
    organisation = find_organisation(call, authenticate(call))
    return json_answer(organisation_resource(call.party, organisation))


async def change(call: Call[Party]) -> Response:
    """Change the objects that stand behind an organisation.

    Source: smsmode API docs, Organisations. Assumed: it takes the role MANAGER.
    """
    credential = authenticate(call)
    organisation = find_organisation(call, credential)
    require_manager(credential)
    profile = read_profile(organisation.profile, await reading.read_body(call))
    changed = replace(organisation, profile=profile)
    call.party.state.organisations[organisation.organisation_id] = changed
    return json_answer(organisation_resource(call.party, changed))


def find_organisation(call: Call[Party], credential: Credential) -> Organisation:
    """Return the organisation of the path.

    Raises:
        ServiceError: 404, the key does not reach it.
    """
    wanted = call.params["organisationId"]
    found = call.party.state.organisations.get(wanted)
    if found is None or not sees_organisation(call.party, credential, wanted):
        detail = f"organisationId is {wanted}"
        raise unseen(call.party, "No such organisation", detail, exists=found is not None)
    return found


def require_manager(credential: Credential) -> None:
    """Let MANAGER and ADMIN pass.

    Raises:
        ServiceError: 403, the key is a USER's.
    """
    if not is_managing(credential):
        raise refused(Code.ROLE, "This needs a key with the role MANAGER")


def read_profile(profile: Profile, asked: Mapping[str, Any]) -> Profile:
    """Return ``profile`` with the objects of ``asked`` laid over it, field by field.

    Raises:
        ServiceError: 400, one of them is no object of texts.
    """
    changes: dict[str, Any] = {}
    for name, kind in _PARTS.items():
        if reading.part(asked, name, kind) is not None:
            present = getattr(profile, name)
            said = {f.name: reading.text(asked[name], f.name) for f in fields(kind)}
            kept = {k: v or None for k, v in said.items() if k in asked[name]}
            changes[name] = replace(present, **kept)
    return replace(profile, **changes)


def organisation_resource(party: Party, organisation: Organisation) -> dict[str, Any]:
    """Return an organisation as the API shows it. Source: smsmode API docs, Organisations."""
    own_id = organisation.organisation_id
    shown: dict[str, Any] = {
        "organisationId": own_id,
        "name": organisation.name,
        "creationDate": written(organisation.created_at, party.settings.zone),
        "state": party.settings.organisation_state,
        **organisation.profile.as_json(),
        "monthlyConsumption": float(spent_this_month(party, *channels_of(party, own_id))),
        "balance": {
            "amount": float(party.state.balances[payer_of(party, own_id)]),
            "currency": CURRENCY,
            "parentBilling": organisation.parent_billing,
            "paymentType": organisation.payment_type,
        },
        "href": f"{party.settings.base_url}/commons/v1/organisations/{own_id}",
    }
    if organisation.parent_id is not None:
        shown["parentOrganisationId"] = organisation.parent_id
    if organisation.monthly_limit is not None:
        shown["monthlyConsumptionLimit"] = float(organisation.monthly_limit)
    return shown


RECENT = timedelta(days=90)
"""How far back transfers go by default. Assumed: as consumptions."""
