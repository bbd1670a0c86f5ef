"""Enrolling contacts by email through the older workflows API."""

from starlette.responses import Response

from fakes.hubspot.access import account
from fakes.hubspot.answering import NO_JSON, HubCall, routes
from fakes.hubspot.automation.enrolment import enroll, unenroll
from fakes.hubspot.automation.flow_store import by_legacy_id
from fakes.hubspot.automation.flows import SCOPE
from fakes.hubspot.automation.records import Flow
from fakes.hubspot.crm import store
from fakes.hubspot.crm.records import Contact
from fakes.hubspot.errors import not_found
from fakes.hubspot.state import Portal
from fakes.kit.answers import empty_answer
from fakes.kit.facts import Certainty, Fact

_MANY = Fact(Certainty.MANY, "official clients and codebases, Workflows v2")


async def enroll_contact(call: HubCall) -> Response:
    """Answer ``POST …/enrollments/contacts/{email}``. Assumed: who is inside stays, 204."""
    portal, flow, contact = _named(call)
    if contact.id not in flow.inside:
        enroll(call.party, portal, flow, contact, cause="manual")
    return empty_answer()


async def unenroll_contact(call: HubCall) -> Response:
    """Answer ``DELETE …/enrollments/contacts/{email}``."""
    portal, flow, contact = _named(call)
    unenroll(call.party, portal, flow, contact, "the contact was taken out by hand")
    return empty_answer()


def _named(call: HubCall) -> tuple[Portal, Flow, Contact]:
    portal = account(call, SCOPE).portal
    flow = by_legacy_id(portal, call.params["workflowId"])
    contact = store.find(portal, call.params["email"], "email")
    if contact is None:
        raise not_found(f"No contact has the email {call.params['email']}")
    return portal, flow, contact


ROUTES = routes(
    ("/automation/v2/workflows/{workflowId}/enrollments/contacts/{email}",),
    ("POST", "", enroll_contact, _MANY, NO_JSON),
    ("DELETE", "", unenroll_contact, _MANY, NO_JSON),
)
