"""The card as JSON: the legacy card's fetch, and what a UI extension asks by ``hubspot.fetch``."""

import re
from collections.abc import Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from core.domain.card import Visit, field_of
from core.domain.check_report import tell
from core.domain.errors import MalformedRequestError, SendRefusedError
from core.domain.language import Language
from core.domain.status import label
from core.domain.templates import StaleEditError, TemplateSet, read_templates
from core.http.bodies import SMS_FIELDS, read_json, read_texts
from core.http.card_preview import remarks_json, show_sms
from core.http.guards import Guards, read_contact_id
from core.services.card import Card
from core.services.card_sending import CardSending, addressed
from core.services.checking import Checking
from core.services.templates import Templates
from core.wire import hubspot_card
from core.wire.hubspot_properties import STATUS

_REQUEST_ID = re.compile(r"[A-Za-z0-9-]{8,64}")


class CardFetchRoutes:
    """What HubSpot asks for a card, signed each time.

    Args:
        guards: Who may knock.
        card: Shows a contact's SMS.
        sending: Sends.
        templates: Keeps the templates.
        checking: Finds out why an SMS did not come.
        language: What the legacy card speaks.
    """

    def __init__(
        self,
        guards: Guards,
        card: Card,
        sending: CardSending,
        templates: Templates,
        checking: Checking,
        language: Language,
    ) -> None:
        self._guards = guards
        self._card = card
        self._sending = sending
        self._templates = templates
        self._checking = checking
        self._language = language

    async def legacy(self, request: Request) -> Response:
        """Answer the legacy card's fetch, within HubSpot's five seconds: nobody else is asked."""
        await self._guards.hubspot(request)
        query = request.query_params
        visit = hubspot_card.read_legacy_visit(query.multi_items())
        exchanged = await self._card.exchanged(visit)
        body = hubspot_card.answer(
            exchanged.latest,
            total=exchanged.total,
            phone_status=query.get(STATUS, ""),
            links=self._card.links(visit),
            language=self._language,
        )
        return JSONResponse(body)

    async def summary(self, request: Request) -> Response:
        """Answer with the contact, its last SMS, and the links of the buttons."""
        portal_id, user, _ = await self._guards.hubspot_fetch(request)
        contact_id = read_contact_id(request.query_params.get("contactId", ""))
        visit = Visit(portal_id=portal_id, contact_id=contact_id, user=user)
        exchanged = await self._card.exchanged(visit)
        known = await self._sending.contact(portal_id, contact_id)
        language = _language(request)
        return JSONResponse(
            {
                "contact": {"id": contact_id, **_shown(known)},
                "messages": [
                    hubspot_card.exchange_json(each, language) for each in exchanged.latest
                ],
                "total": exchanged.total,
                "actions": [
                    {"label": link.label.spoken_in(language), "uri": link.url}
                    for link in self._card.links(visit)
                ],
            }
        )

    async def preview(self, request: Request) -> Response:
        """Answer with the characters, the SMS and the final text of a form."""
        visit, fields, _ = await self._order(request, frozenset())
        known = await self._sending.glance(visit)
        install = await self._sending.contacts.install(visit.portal_id)
        language, to = _language(request), addressed(known, install.country)
        try:
            composed = self._sending.preview(fields, known)
        except SendRefusedError as exc:
            return refusal(exc, language)
        shown = show_sms(
            fields, known, to.region, self._sending.settings, self._sending.clock.now()
        )
        return JSONResponse(
            {
                "characters": composed.characters,
                "parts": composed.parts,
                "text": shown.text,
                "stop": composed.stop,
                "remarks": remarks_json(shown.remarks, language),
            }
        )

    async def send(self, request: Request) -> Response:
        """Accept an SMS: 201; the same ``requestId`` again is answered alike and does nothing."""
        visit, fields, more = await self._order(request, frozenset({"requestId"}))
        request_id = more.get("requestId", "")
        if not _REQUEST_ID.fullmatch(request_id):
            msg = "requestId must be 8 to 64 letters, digits and dashes: one for each SMS meant"
            raise MalformedRequestError(msg)
        once = f"{visit.portal_id}-{visit.contact_id}-{request_id}"
        language = _language(request)
        try:
            message = await self._sending.send(visit, once, fields)
        except SendRefusedError as exc:
            return refusal(exc, language)
        waits = self._sending.waits(message)
        body = {
            "id": message.id,
            "status": label(message.status, language),
            "detail": message.detail if waits is None else waits.spoken_in(language),
            "characters": message.characters,
            "parts": message.parts,
        }
        return JSONResponse(body, 201)

    async def show_templates(self, request: Request) -> Response:
        """Answer with the account's templates and their version."""
        portal_id, _, _ = await self._guards.hubspot_fetch(request)
        return JSONResponse(_templates_json(await self._templates.read(portal_id)))

    async def save_templates(self, request: Request) -> Response:
        """Save all templates at once: ``{version, templates}``; 409 when somebody else saved."""
        portal_id, user, raw = await self._guards.hubspot_fetch(request)
        asked = read_json(raw)
        version = asked.get("version")
        if set(asked) != {"version", "templates"} or type(version) is not int or version < 0:
            msg = "the body holds the version that was edited, a number, and all the templates"
            raise MalformedRequestError(msg)
        entries = read_templates(asked["templates"])
        try:
            kept = await self._templates.save(portal_id, entries, version=version, by=user)
        except StaleEditError as exc:
            error = {"code": str(exc.code), "message": exc.message, **exc.details}
            return JSONResponse({"error": error, "current": _templates_json(exc.current)}, 409)
        return JSONResponse(_templates_json(kept))

    async def checks(self, request: Request) -> Response:
        """Answer with the five checks of a contact."""
        portal_id, _, _ = await self._guards.hubspot_fetch(request)
        contact_id = read_contact_id(request.query_params.get("contactId", ""))
        findings = await self._checking.check(portal_id, contact_id)
        return JSONResponse({"checks": tell(findings, _language(request))})

    async def _order(
        self, request: Request, more: frozenset[str]
    ) -> tuple[Visit, dict[str, str], dict[str, str]]:
        """Return who asks at which record, the form that was filled in, and what is beside it."""
        portal_id, user, raw = await self._guards.hubspot_fetch(request)
        fields = read_texts(read_json(raw), SMS_FIELDS | more | {"contactId"})
        contact_id = read_contact_id(fields.pop("contactId", ""))
        beside = {name: fields.pop(name) for name in more & fields.keys()}
        return Visit(portal_id=portal_id, contact_id=contact_id, user=user), fields, beside


def refusal(error: SendRefusedError, language: Language) -> Response:
    """Return why a form is refused, with the field that it is shown beside."""
    told = {
        "code": str(error.code),
        "message": error.text(language),
        "field": field_of(error.refusal),
        **error.details,
    }
    return JSONResponse({"error": told}, 422)


def _templates_json(found: TemplateSet) -> dict[str, Any]:
    return {
        "version": found.version,
        "templates": [{"name": each.name, "text": each.text} for each in found.templates],
        "saved_by": found.saved_by,
        "saved_at": None if found.saved_at is None else found.saved_at.isoformat(),
    }


def _shown(properties: Mapping[str, str]) -> dict[str, str | None]:
    names = ("firstname", "lastname", "phone", "mobilephone", STATUS, "hs_marketable_status")
    return {name: properties.get(name) for name in names}


def _language(request: Request) -> Language:
    """Return the language that an extension asks for in its query; French unless it is English."""
    return "en" if request.query_params.get("language", "").startswith("en") else "fr"
