"""Two routes that end contacts: merging them, and deleting one for ever."""

from starlette.responses import Response

from fakes.hubspot.access import account
from fakes.hubspot.answering import NO_JSON, HubCall, routes
from fakes.hubspot.bodies import read_object
from fakes.hubspot.crm import store, views
from fakes.hubspot.crm.contacts import ROOTS, SPEC, WRITE
from fakes.hubspot.crm.endings import erase, find_archived
from fakes.hubspot.crm.merging import merge
from fakes.hubspot.crm.records import Contact
from fakes.hubspot.errors import not_an_object_id, not_found
from fakes.hubspot.shapes import text_or
from fakes.hubspot.state import Portal
from fakes.kit.answers import empty_answer, json_answer


async def merge_contacts(call: HubCall) -> Response:
    """Answer ``POST …/contacts/merge``."""
    caller = account(call, WRITE)
    body = await read_object(call, "primaryObjectId", "objectIdToMerge")
    primary = _named(caller.portal, text_or(body, "primaryObjectId"))
    other = _named(caller.portal, text_or(body, "objectIdToMerge"))
    merged = merge(call.party, caller.portal, primary, other, caller.source)
    return json_answer(views.whole(caller.portal, merged))


async def erase_contact(call: HubCall) -> Response:
    """Answer ``POST …/contacts/gdpr-delete``, for a deleted contact too.

    Assumed: somebody unknown is no error.
    """
    caller = account(call, WRITE)
    body = await read_object(call, "objectId")
    id_property = text_or(body, "idProperty") or "hs_object_id"
    key = text_or(body, "objectId")
    contact = store.find(caller.portal, key, id_property)
    if contact is None:
        contact = find_archived(call.party, caller.portal, key)
    if contact is not None:
        erase(call.party, caller.portal, contact, caller.source)
    return empty_answer()


def _named(portal: Portal, key: str) -> Contact:
    if not key.isdecimal():
        raise not_an_object_id(key)
    found = store.find(portal, key)
    if found is None:
        raise not_found()
    return found


ROUTES = routes(
    ROOTS,
    ("POST", "/merge", merge_contacts, SPEC, "contacts#contact"),
    ("POST", "/gdpr-delete", erase_contact, SPEC, NO_JSON),
)
