"""Control routes for what a person does and sees inside an account."""

from zoneinfo import ZoneInfo

from starlette.responses import Response

from fakes.hubspot import seeding
from fakes.hubspot.answering import HubCall
from fakes.hubspot.automation import enrolment, flow_store
from fakes.hubspot.bodies import read_object
from fakes.hubspot.crm import marketing, store, views
from fakes.hubspot.crm.contacts import named
from fakes.hubspot.crm.values import checked
from fakes.hubspot.errors import not_found
from fakes.hubspot.installs import uninstall
from fakes.hubspot.shapes import flag_in, text_in
from fakes.hubspot.state import Portal
from fakes.hubspot.timeline.rendering import render_detail, render_header
from fakes.hubspot.times import iso
from fakes.kit.answers import empty_answer, json_answer


async def list_contacts(call: HubCall) -> Response:
    """Answer ``GET …/contacts``: all that are not deleted, whole."""
    portal = _portal(call)
    return json_answer({"results": [views.whole(portal, c) for c in store.living(portal)]})


async def create_contact(call: HubCall) -> Response:
    """Answer ``POST …/contacts``: a person makes a contact."""
    portal = _portal(call)
    body = await read_object(call, "properties")
    contact = seeding.add_contact(call.party, portal, body["properties"])
    return json_answer(views.whole(portal, contact), 201)


async def read_contact(call: HubCall) -> Response:
    """Answer ``GET …/contacts/{contactId}``: every property, with its history."""
    portal = _portal(call)
    contact = named(call, portal)
    asked = sorted(contact.history)
    return json_answer(views.summary(portal, contact, asked, asked))


async def update_contact(call: HubCall) -> Response:
    """Answer ``PATCH …/contacts/{contactId}``: a person edits a contact."""
    portal = _portal(call)
    contact = named(call, portal)
    body = await read_object(call, "properties")
    values = checked(portal, body["properties"], contact.values)
    store.update(call.party, portal, contact, values, seeding.ui_source())
    return json_answer(views.whole(portal, contact))


async def set_marketing(call: HubCall) -> Response:
    """Answer ``POST …/contacts/{contactId}/marketing``: set as (non-)marketing contact."""
    hub, portal = call.party, _portal(call)
    contact, person = named(call, portal), seeding.ui_source()
    if flag_in(await read_object(call, "value"), "value"):
        marketing.set_marketing(hub, portal, contact, person, "USER_SET")
    else:
        marketing.unset_marketing(hub, portal, contact, person)
    return json_answer(views.whole(portal, contact))


async def read_timeline(call: HubCall) -> Response:
    """Answer ``GET …/contacts/{contactId}/timeline``: its events as people see them, newest first."""
    portal = _portal(call)
    contact = named(call, portal)
    kept = portal.events_of.get(contact.id, {}).values()
    events = sorted(kept, key=lambda event: (event.at, event.created_at), reverse=True)
    shown, zone = [], ZoneInfo(portal.time_zone)
    for event in events:
        app = call.party.state.apps[event.app_id]
        template = app.templates[event.template_id]
        shown.append(
            {
                **event.as_json(),
                "appId": app.id,
                "appName": app.name,
                "templateName": template.name,
                "header": render_header(template, event, zone),
                "detail": render_detail(template, event, zone),
            }
        )
    return json_answer({"results": shown})


async def list_connected_apps(call: HubCall) -> Response:
    """Answer ``GET …/connected-apps``: as *Applications connectées* shows them."""
    portal, apps = _portal(call), call.party.state.apps
    shown = [
        {
            "appId": entry.app_id,
            "name": apps[entry.app_id].name,
            "installedBy": entry.user,
            "installedAt": iso(entry.installed_at),
            "scopes": list(entry.scopes),
        }
        for entry in portal.installs.values()
    ]
    return json_answer({"results": shown})


async def disconnect_app(call: HubCall) -> Response:
    """Answer ``DELETE …/connected-apps/{appId}``: a person uninstalls an app."""
    app = call.party.app(call.params["appId"])
    uninstall(call.party, _portal(call), app.id, by="user")
    return empty_answer()


async def enroll_contact(call: HubCall) -> Response:
    """Answer ``POST …/flows/{flowId}/enroll``: a person enrols a contact."""
    portal = _portal(call)
    flow = flow_store.named(portal, call.params["flowId"])
    contact = store.find(portal, text_in(await read_object(call), "contactId"))
    if contact is None:
        raise not_found()
    enrollment = enrolment.enroll(call.party, portal, flow, contact, cause="manual")
    return json_answer(enrollment.as_json(), 201)


async def switch_flow(call: HubCall) -> Response:
    """Answer ``POST …/flows/{flowId}/enabled``: a person turns a flow on or off.

    With ``enrollExisting``, those who meet its trigger already are enrolled.
    """
    portal = _portal(call)
    flow = flow_store.named(portal, call.params["flowId"])
    body = await read_object(call, "value")
    flow_store.write(call.party, portal, flow, {**flow.body, "isEnabled": body["value"] is True})
    if body.get("enrollExisting") is True:
        enrolment.enroll_existing(call.party, portal, flow)
    return json_answer(flow_store.shown(flow))


async def list_enrollments(call: HubCall) -> Response:
    """Answer ``GET …/enrollments?flowId=&contactId=``: who went where, with every attempt."""
    flow_id, contact_id = call.query("flowId"), call.query("contactId")
    shown = [
        enrollment.as_json()
        for enrollment in _portal(call).enrollments.values()
        if flow_id in (None, str(enrollment.flow_id))
        and contact_id in (None, str(enrollment.contact_id))
    ]
    return json_answer({"results": shown})


def _portal(call: HubCall) -> Portal:
    return call.party.portal(call.params["portalId"])
