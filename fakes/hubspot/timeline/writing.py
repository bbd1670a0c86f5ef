"""Putting an event on a contact's timeline."""

from collections.abc import Mapping
from typing import Any

from fakes.hubspot.automation.records import Occurrence
from fakes.hubspot.choices import TimelineRepeat
from fakes.hubspot.crm import store
from fakes.hubspot.crm.records import Contact, Source
from fakes.hubspot.crm.values import checked, text_of
from fakes.hubspot.errors import Category, RefusedError, invalid, not_found
from fakes.hubspot.hub import Hub
from fakes.hubspot.shapes import number_of, object_in, optional_text_in, text_in
from fakes.hubspot.state import App, Portal
from fakes.hubspot.timeline.records import EventKey, Template, TimelineEvent
from fakes.hubspot.times import read_moment


def write_event(
    hub: Hub, portal: Portal, app: App, body: Mapping[str, Any], source: Source
) -> TimelineEvent:
    """Return the event that ``body`` describes, now on its contact's timeline.

    Source: HubSpot developer docs, Timeline events (docs). Assumed: an unknown template is a 404
    and an unknown token a 400; a token that is not given, or is not of its type, is no error.

    Raises:
        RefusedError: The template, a token, the contact or the moment is wrong, or the event is
            there already and may not change.
    """
    template = _template(hub, app, text_in(body, "eventTemplateId"))
    repeat = hub.settings.timeline_repeat
    return write_as(hub, portal, template, body["tokens"], body, source, repeat=repeat)


def write_as(
    hub: Hub,
    portal: Portal,
    template: Template,
    given: Any,
    body: Mapping[str, Any],
    source: Source,
    *,
    repeat: TimelineRepeat,
) -> TimelineEvent:
    """Return the event of a known form, now on its contact's timeline; see ``write_event``.

    Args:
        hub: The fake.
        portal: The account.
        template: The form.
        given: What fills it, by token.
        body: Whom it is about, when it was, and what it shows beside.
        source: Who writes.
        repeat: What becomes of the same id again.
    """
    tokens = _tokens(template, given)
    event_id = (optional_text_in(body, "id") or "{{uuid}}").replace("{{uuid}}", hub.ids.uuid())
    key = (template.id, event_id)
    if key in portal.events and repeat is TimelineRepeat.IMMUTABLE:
        raise RefusedError(409, f"The event {event_id} already exists.", Category.CONFLICT)
    moment = hub.now() if body.get("timestamp") is None else read_moment(body["timestamp"])
    if moment is None:
        raise invalid(f"The timestamp '{body['timestamp']}' is not a moment.")
    utk, iframe = optional_text_in(body, "utk"), object_in(body, "timelineIFrame")
    contact = _contact(hub, portal, body, source)
    if utk is not None:
        portal.visitors[utk] = contact.id
    event = TimelineEvent(
        id=event_id,
        template_id=template.id,
        app_id=template.app_id,
        contact_id=contact.id,
        email=optional_text_in(body, "email"),
        utk=utk,
        at=moment,
        created_at=hub.now(),
        tokens=tokens,
        extra=body.get("extraData"),
        iframe=iframe or None,
    )
    _keep(hub, portal, key, event)
    _copy_to_contact(hub, portal, contact, template, event, source)
    return event


def _template(hub: Hub, app: App, text: str) -> Template:
    found = app.templates.get(number_of(text) or 0)
    if found is None:
        status = hub.settings.timeline_unknown_template
        raise RefusedError(status, f"No event template of the app {app.id} has the id {text}")
    return found


def _tokens(template: Template, given: Any) -> dict[str, Any]:
    if not isinstance(given, dict):
        raise invalid("tokens must be an object.")
    unknown = [name for name in given if name not in template.tokens]
    if unknown:
        raise invalid(
            f"The event template {template.id} has no token {', '.join(unknown)}.",
            errors=[
                {"message": f"unknown token {name}", "context": {"token": [name]}}
                for name in unknown
            ],
        )
    return dict(given)


def _contact(hub: Hub, portal: Portal, body: Mapping[str, Any], source: Source) -> Contact:
    """Return whom an event is about: by ``objectId``, then ``utk``, then ``email``.

    Source: HubSpot developer docs, Timeline events (docs). Assumed: a visitor's ``utk`` is
    somebody's once an event has named both.
    """
    object_id, email = optional_text_in(body, "objectId"), optional_text_in(body, "email")
    utk = optional_text_in(body, "utk")
    if object_id is not None:
        return _by_id(hub, portal, object_id, email, source)
    visitor = store.find(portal, str(portal.visitors.get(utk, ""))) if utk is not None else None
    if visitor is not None:
        return visitor
    if email is not None:
        return _by_email(hub, portal, email, source)
    if utk is not None:
        raise not_found(f"No contact is the visitor with the utk {utk}")
    raise invalid("One of objectId, utk or email is required.")


def _by_id(hub: Hub, portal: Portal, object_id: str, email: str | None, source: Source) -> Contact:
    found = store.find(portal, object_id)
    if found is None:
        raise not_found(f"No contact has the id {object_id}")
    if email is not None:
        store.update(hub, portal, found, checked(portal, {"email": email}), source)
    return found


def _by_email(hub: Hub, portal: Portal, email: str, source: Source) -> Contact:
    known = store.find(portal, email, "email")
    if known is not None:
        return known
    if not hub.settings.timeline_creates_contacts:
        raise not_found(f"No contact has the email {email}")
    return store.create(hub, portal, checked(portal, {"email": email}), source)


def _keep(hub: Hub, portal: Portal, key: EventKey, event: TimelineEvent) -> None:
    earlier = portal.events.pop(key, None)
    if earlier is not None:
        portal.events_of[earlier.contact_id].pop(key)
    portal.events[key] = event
    portal.events_of.setdefault(event.contact_id, {})[key] = event
    hub.event(
        "timeline.written",
        portalId=portal.id,
        contactId=event.contact_id,
        eventId=event.id,
        eventTemplateId=event.template_id,
        appId=event.app_id,
        again=earlier is not None,
    )
    hub.occurred(
        Occurrence(
            id=event.id,
            portal_id=portal.id,
            contact_id=event.contact_id,
            topic=f"template:{event.template_id}",
            properties={name: text_of(value) for name, value in event.tokens.items()},
            at=event.at,
        )
    )


def _copy_to_contact(
    hub: Hub,
    portal: Portal,
    contact: Contact,
    template: Template,
    event: TimelineEvent,
    source: Source,
) -> None:
    copied = {
        token.object_property: text_of(event.tokens[token.name])
        for token in template.tokens.values()
        if token.object_property in portal.properties and token.name in event.tokens
    }
    if not copied:
        return
    try:
        values = checked(portal, copied, contact.values)
    except RefusedError as refusal:
        hub.event(
            "timeline.not_copied",
            portalId=portal.id,
            contactId=contact.id,
            eventId=event.id,
            message=refusal.message,
        )
        return
    store.update(hub, portal, contact, values, source)
