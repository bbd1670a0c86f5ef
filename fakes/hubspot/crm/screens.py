"""Control routes for what a person does to contacts on HubSpot's screens alone."""

from starlette.responses import Response

from fakes.hubspot.answering import CONTROL, HubCall, routes
from fakes.hubspot.bodies import read_object
from fakes.hubspot.crm import views
from fakes.hubspot.crm.endings import restore
from fakes.hubspot.crm.records import Channel, Source
from fakes.hubspot.errors import not_found
from fakes.hubspot.shapes import flag_in, number_of
from fakes.kit.answers import json_answer
from fakes.kit.facts import Certainty, Fact

_OURS = Fact(Certainty.ASSUMED, "the fake's own, for what people do on HubSpot's screens")
_PERSON = Source(channel=Channel.UI)


async def restore_contact(call: HubCall) -> Response:
    """Answer ``POST …/contacts/{contactId}/restore``: a deleted contact comes back."""
    portal = call.party.portal(call.params["portalId"])
    contact = portal.contacts.get(number_of(call.params["contactId"]) or 0)
    if contact is None:
        raise not_found()
    return json_answer(views.whole(portal, restore(call.party, portal, contact, _PERSON)))


async def set_app_marketing(call: HubCall) -> Response:
    """Answer ``POST …/connected-apps/{appId}/marketing``: contacts it makes are marketing ones.

    Source: HubSpot developer docs, Marketing contacts (docs).
    """
    portal = call.party.portal(call.params["portalId"])
    app, value = call.party.app(call.params["appId"]), flag_in(await read_object(call), "value")
    change = portal.marketing_apps.add if value else portal.marketing_apps.discard
    change(app.id)
    return json_answer({"appId": str(app.id), "value": value})


ROUTES = routes(
    (f"{CONTROL}/portals/{{portalId}}",),
    ("POST", "/contacts/{contactId}/restore", restore_contact, _OURS, "contacts#contact"),
    (
        "POST",
        "/connected-apps/{appId}/marketing",
        set_app_marketing,
        _OURS,
        "contacts#app_marketing",
    ),
)
