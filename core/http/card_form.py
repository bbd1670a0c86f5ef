"""The form of an SMS, drawn: to whom, as it was filled in, and what stands in its way."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from starlette.responses import Response

from core.domain.card import Visit, field_of
from core.domain.errors import CoreError, SendRefusedError
from core.domain.language import Language
from core.domain.refusal_texts import refusal_text
from core.domain.refusals import Refusal
from core.http.bodies import SMS_FIELDS
from core.http.card_pages import CardPages
from core.http.card_preview import REGION, Shown, show_sms
from core.http.card_refusals import told
from core.http.card_words import WORDS
from core.http.errors import headers_of, status_of
from core.services.card_sending import CardSending, addressed
from core.services.templates import Templates
from core.wire.hubspot_properties import CONSENT, MARKETING, STATUS

CARRIED = (
    *("firstname", "lastname", "phone", "mobilephone"),
    *(CONSENT, STATUS, MARKETING),
)
"""What a form carries of its contact: once it is open, its pages ask HubSpot no more."""


def carried(form: Mapping[str, str]) -> dict[str, str]:
    """Return what a posted form carries of its contact."""
    return {name: form[name] for name in CARRIED if form.get(name)}


@dataclass(frozen=True, slots=True)
class SmsForm:
    """Draws the form of an SMS.

    Args:
        sending: Knows accounts, and what becomes of names that are missing.
        templates: What fills the form in one click.
        pages: Draws.
    """

    sending: CardSending
    templates: Templates
    pages: CardPages

    async def draw(
        self,
        language: Language,
        visit: Visit,
        word: str,
        fields: Mapping[str, str],
        properties: Mapping[str, str],
        trouble: CoreError | None = None,
    ) -> Response:
        """Return the form's page.

        Args:
            language: What it speaks.
            visit: Whose record it was opened from.
            word: What lets it be posted.
            fields: As filled in, empty ones left out.
            properties: What is known of the contact.
            trouble: Why it was not sent.
        """
        install = await self.sending.contacts.install(visit.portal_id)
        to = addressed(properties, install.country)
        known = await self.templates.read(visit.portal_id)
        errors = {} if to.refusal is None else {"to": refusal_text(to.refusal, language)}
        if isinstance(trouble, SendRefusedError):
            errors[field_of(trouble.refusal)] = trouble.text(language)
        context = {
            "link": word,
            "name": " ".join(filter(None, map(properties.get, ("firstname", "lastname")))),
            "phone": to.number or to.typed,
            "hidden": carried(properties) | {REGION: to.region},
            "fields": dict.fromkeys(SMS_FIELDS, "") | dict(fields),
            "templates": known.templates,
            "preview": self._preview(fields, properties, to.region, trouble),
            "errors": dict.fromkeys((*SMS_FIELDS, "to"), "") | errors,
            "summary": _summary(trouble, language, is_linked=install.linked),
        }
        status = 200 if trouble is None else status_of(trouble)
        page = self.pages.draw("send", language, context, status=status)
        page.headers.update({} if trouble is None else headers_of(trouble))
        return page

    def _preview(
        self,
        fields: Mapping[str, str],
        properties: Mapping[str, str],
        region: str,
        trouble: CoreError | None,
    ) -> Shown:
        """Return the preview, without a remark on what already stands beside its field."""
        shown = show_sms(
            fields, properties, region, self.sending.settings, self.sending.clock.now()
        )
        said = None if trouble is None else trouble.code
        return replace(shown, remarks=tuple(each for each in shown.remarks if each.code != said))


def _summary(trouble: CoreError | None, language: Language, *, is_linked: bool) -> str:
    """Return what stands above the form: why it was not sent, or why nothing could be."""
    if trouble is None:
        return "" if is_linked else refusal_text(Refusal.KEYS_NOT_LINKED, language)
    if isinstance(trouble, SendRefusedError):
        return WORDS["wrong"].spoken_in(language)
    return f"{WORDS['not_sent'].spoken_in(language)} {told(trouble, language)}"
