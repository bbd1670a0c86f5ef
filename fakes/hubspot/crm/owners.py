"""Owners: the people of an account, to whom records are given."""

from typing import Any

from starlette.responses import Response

from fakes.hubspot.access import account
from fakes.hubspot.answering import HubCall, routes
from fakes.hubspot.bodies import cursor, whole_number
from fakes.hubspot.crm.views import page
from fakes.hubspot.errors import not_found
from fakes.hubspot.state import Portal, State, User
from fakes.hubspot.times import iso
from fakes.kit.answers import json_answer
from fakes.kit.facts import Certainty, Fact

READ = "crm.objects.owners.read"
ROOTS = ("/crm/v3/owners", "/crm/owners/2026-03", "/crm/owners/2026-09")
SPEC = Fact(Certainty.SPEC, "HubSpot developer docs, Owners")

_LARGEST_PAGE = 500


async def list_owners(call: HubCall) -> Response:
    """Answer ``GET …/owners``: a page of them, or the one with the email asked."""
    portal = account(call, READ).portal
    limit, after = whole_number(call, "limit", 100, _LARGEST_PAGE), cursor(call)
    email = (call.query("email") or "").lower()
    found = [
        user
        for user in _people(call.party.state, portal)
        if user.id >= after and (not email or user.email == email)
    ]
    following = str(found[limit].id) if len(found) > limit else None
    return json_answer(page([_shown(portal, user) for user in found[:limit]], following))


async def read_owner(call: HubCall) -> Response:
    """Answer ``GET …/owners/{ownerId}``."""
    portal = account(call, READ).portal
    for user in _people(call.party.state, portal):
        if str(user.id) == call.params["ownerId"]:
            return json_answer(_shown(portal, user))
    raise not_found()


def _people(state: State, portal: Portal) -> list[User]:
    people = [user for user in state.users.values() if portal.id in user.accounts]
    return sorted(people, key=lambda user: user.id)


def _shown(portal: Portal, user: User) -> dict[str, Any]:
    """Assumed: the owner's id is the user's; a first word of the name is the first name."""
    first, _, last = user.name.partition(" ")
    return {
        "id": str(user.id),
        "email": user.email,
        "type": "PERSON",
        "firstName": first,
        "lastName": last,
        "userId": user.id,
        "userIdIncludingInactive": user.id,
        "createdAt": iso(portal.created_at),
        "updatedAt": iso(portal.created_at),
        "archived": False,
    }


ROUTES = routes(
    ROOTS,
    ("GET", "", list_owners, SPEC, "owners#owners"),
    ("GET", "/{ownerId}", read_owner, SPEC, "owners#owner"),
)
