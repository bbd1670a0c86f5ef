"""The routes of what an app shows and is told: webhooks, timeline, cards, events."""

from tests.fakes.hubspot.bodies import ACTION_URL
from tests.fakes.hubspot.cards.bodies import CARD, V1
from tests.fakes.hubspot.timeline import TEMPLATE
from tests.fakes.hubspot.touring.traveller import Traveller
from tests.fakes.hubspot.world import REDIRECT


async def webhooks(by: Traveller, root: str) -> None:
    await by.develop("PUT", f"{root}/settings", {"targetUrl": ACTION_URL})
    await by.develop("GET", f"{root}/settings")
    body = {"eventType": "contact.propertyChange", "propertyName": "city"}
    made = await by.develop("POST", f"{root}/subscriptions", body)
    one = f"{root}/subscriptions/{made['id']}"
    await by.develop("GET", one)
    await by.develop("PATCH", one, {"active": True})
    await by.develop("GET", f"{root}/subscriptions")
    many = {"inputs": [{"id": made["id"], "active": False}, {"id": "1", "active": False}]}
    await by.develop("POST", f"{root}/subscriptions/batch/update", many)
    await by.develop("DELETE", one)
    await by.develop("DELETE", f"{root}/settings")


async def timeline(by: Traveller, root: str) -> None:
    where = f"{root}/{by.world.app.id}/event-templates"
    template = await by.develop("POST", where, TEMPLATE)
    one = f"{where}/{template['id']}"
    await by.develop("GET", one)
    await by.develop("PUT", one, {**TEMPLATE, "name": "Renamed"})
    token = {"name": "parts", "label": "SMS", "type": "number"}
    await by.develop("POST", f"{one}/tokens", token)
    await by.develop("PUT", f"{one}/tokens/parts", {"label": "Parts"})
    await by.develop("DELETE", f"{one}/tokens/parts")
    await by.develop("GET", where)
    frame = {"linkLabel": "See", "headerLabel": "SMS", "url": REDIRECT, "width": 1, "height": 1}
    event = {
        "eventTemplateId": template["id"],
        "id": "sms-1",
        "email": "timeline@x.fr",
        "tokens": {"status": "ok"},
        "extraData": {"parts": ["one"]},
        "timelineIFrame": frame,
    }
    written = (await by.go("POST", f"{root}/events", event)).json()
    wrong = {**event, "tokens": {"nothing": 1}}
    await by.go("POST", f"{root}/events/batch/create", {"inputs": [event, wrong]})
    read = f"{root}/events/{template['id']}/sms-1"
    for part in ("", "/detail", "/render"):
        await by.go("GET", f"{read}{part}")
    await by.go("GET", f"{by.portal}/contacts/{written['objectId']}/timeline")
    await by.develop("DELETE", one)


async def cards(by: Traveller, root: str) -> None:
    made = await by.develop("POST", root, CARD)
    one = f"{root}/{made['id']}"
    await by.develop("GET", one)
    await by.develop("PATCH", one, {"title": "SMS"})
    await by.develop("GET", root)
    record = f"{by.portal}/contacts/{await by.world.contact(firstname='Ada')}/cards"
    by.world.backend.replies = [(200, V1)] * 6
    await by.go("GET", record)
    await by.go("GET", f"{record}/page")
    pressed = {"cardId": made["id"], "actionId": "0"}
    await by.go("POST", f"{record}/page", data=pressed)
    for number in (0, 1):
        await by.go("POST", f"{record}/{made['id']}/actions", {"actionId": number})
    swap = {"legacyCrmCardId": int(made["id"]), "appCardId": 77}
    await by.develop("POST", f"{root}/views/migrate", swap)
    await by.develop("DELETE", one)


async def app_events(by: Traveller, root: str) -> None:
    declared = {"name": "sms", "properties": [{"name": "a", "label": "A", "type": "string"}]}
    await by.go("POST", f"/_control/hubspot/apps/{by.world.app.id}/event-types", declared)
    event = {"eventTypeName": "sms", "id": "1", "email": "a@x.fr", "properties": {"a": "b"}}
    await by.go("POST", f"{root}/events", event)
    await by.go("POST", f"{root}/events/batch", {"inputs": [{**event, "id": "2"}]})
    asked = {"projectName": "smsmode", "developerSymbol": "sms"}
    await by.go("POST", f"{root}/types/projects", asked)
