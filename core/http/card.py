"""The pages that the card's buttons open: send an SMS, and why one did not come."""

from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from core.domain.check_report import evidence_of, tell
from core.domain.compose import SendType
from core.domain.errors import ProviderError, SendRefusedError, UnknownContactError
from core.domain.gsm import Encoding
from core.domain.language import Language
from core.domain.quiet import ZONES
from core.http.bodies import SMS_FIELDS, read_form
from core.http.card_form import SmsForm, carried
from core.http.card_pages import CardPages, language_of
from core.http.card_preview import REGION, remarks_json, show_sms, show_template
from core.http.card_refusals import keep_typed
from core.http.card_words import WORDS, counted
from core.http.guards import Guards
from core.services.card import Card
from core.services.card_sending import CardSending
from core.services.checking import Checking
from core.services.templates import Templates
from core.stores.messages import Message
from core.wire.hubspot_card_link import Pass, Purpose


class CardRoutes:
    """The pages of the card, each behind its signed link.

    Args:
        guards: Reads bodies.
        card: Checks links.
        sending: Sends.
        templates: What fills the form in one click.
        checking: Finds out why an SMS did not come.
        pages: Draws.
    """

    def __init__(
        self,
        guards: Guards,
        card: Card,
        sending: CardSending,
        templates: Templates,
        checking: Checking,
        pages: CardPages,
    ) -> None:
        self._guards = guards
        self._card = card
        self._sending = sending
        self._templates = templates
        self._checking = checking
        self._pages = pages
        self._form = SmsForm(sending, templates, pages)

    async def compose(self, request: Request) -> Response:
        """Show the form of an SMS to the contact of the link."""
        given = self._card.check(request.query_params.get("link", ""), Purpose.SEND)
        visit = given.visit
        word = self._card.admit(visit, Purpose.SUBMIT_SMS)
        fields = {"type": SendType.PROMOTIONAL.value, "encoding": Encoding.GSM7.value}
        properties = await self._sending.contact(visit.portal_id, visit.contact_id)
        return await self._form.draw(language_of(request), visit, word, fields, properties)

    async def submit(self, request: Request) -> Response:
        """Send what the form says, or show it again with what is wrong beside its field."""
        form = read_form(await self._guards.body(request))
        language, word = language_of(request), form.get("link", "")
        keep_typed(request, form, form.get("text", ""))
        given = self._card.check(word, Purpose.SUBMIT_SMS)
        visit, properties = given.visit, carried(form)
        if form.get("do") == "cancel":
            return self._close(language, "CANCEL", "send", "left", at_once=True)
        fields = {name: form[name] for name in SMS_FIELDS & form.keys() if form[name]}
        if form.get("do") != "send":
            fields |= await self._chosen(given, form)
            return await self._form.draw(language, visit, word, fields, properties)
        try:
            message = await self._sending.send(visit, given.once, fields)
        except (SendRefusedError, UnknownContactError, ProviderError) as exc:
            return await self._form.draw(language, visit, word, fields, properties, exc)
        return self._accepted(language, message)

    async def preview(self, request: Request) -> Response:
        """Answer a form's script with what the form would make."""
        form = read_form(await self._guards.body(request))
        given = self._card.check(form.get("link", ""), Purpose.SUBMIT_SMS, Purpose.SUBMIT_TEMPLATES)
        settings, language = self._sending.settings, language_of(request)
        if given.purpose is Purpose.SUBMIT_SMS:
            region, now = form.get(REGION, ""), self._sending.clock.now()
            shown = show_sms(form, carried(form), region, settings, now)
        else:
            shown = show_template(form, settings.missing_names)
        return JSONResponse(
            {
                "characters": shown.characters,
                "parts": shown.parts,
                "text": shown.text,
                "counter": counted(shown.characters, shown.parts, language),
                "remarks": remarks_json(shown.remarks, language),
            }
        )

    async def checks(self, request: Request) -> Response:
        """Show the five checks of the link's contact."""
        given = self._card.check(request.query_params.get("link", ""), Purpose.CHECKS)
        language = language_of(request)
        visit = given.visit
        findings = await self._checking.check(visit.portal_id, visit.contact_id)
        told = tell(findings, language)
        checks = [{**each, "evidence": evidence_of(each, language)} for each in told]
        install = await self._sending.contacts.install(visit.portal_id)
        context = {"checks": checks, "zone": ZONES.get(install.country)}
        return self._pages.draw("checks", language, context)

    async def _chosen(self, given: Pass, form: Mapping[str, str]) -> dict[str, str]:
        """Return the text of the template that was pressed, if one was."""
        if "template" not in form:
            return {}
        known = await self._templates.read(given.visit.portal_id)
        texts = {each.name: each.text for each in known.templates}
        text = texts.get(form["template"])
        return {} if text is None else {"text": text}

    def _accepted(self, language: Language, message: Message) -> Response:
        waits = self._sending.waits(message)
        news = "accepted" if waits is None else "scheduled"
        detail = "" if waits is None else waits.spoken_in(language)
        return self._close(language, "DONE", "send", news, detail=detail, follow=True)

    def _close(
        self,
        language: Language,
        action: str,
        title: str,
        news: str,
        *,
        detail: str = "",
        follow: bool = False,
        at_once: bool = False,
    ) -> Response:
        context = {
            "title": WORDS[title].spoken_in(language),
            "action": action,
            "news": WORDS[news].spoken_in(language),
            "detail": detail,
            "follow": follow,
            "at_once": at_once,
        }
        return self._pages.draw("closing", language, context)
