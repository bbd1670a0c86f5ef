"""What the card's forms show while one types: characters, SMS, the SMS as it will be received."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from core.domain.compose import Composed, Draft, SendType, compose, has_mention, preview
from core.domain.consent import ConsentPolicy, decide
from core.domain.errors import SendRefusedError
from core.domain.language import Language
from core.domain.quiet import ZONES, SendingHours, postponed
from core.domain.refusals import Refusal
from core.domain.remarks import Names, Remark, Remarked, refused, remarks
from core.domain.tokens import MissingPolicy
from core.services.composing import read_draft
from core.settings import Settings
from core.wire.hubspot_properties import CONSENT, MARKETING, STATUS

_MENTION, _MENTION_ABROAD = " STOP 36xxx", " no-sms.eu"
"""How the opt-out mention reads; smsmode alone knows the short code."""

REGION = "region"
"""Where a form carries the region of its contact's number, so that its preview asks nobody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A preview.

    Args:
        characters: With the mention.
        parts: How many SMS; 0 while there is no text.
        text: As it will be received.
        remarks: What to know before it is sent.
    """

    characters: int
    parts: int
    text: str
    remarks: tuple[Remarked, ...] = ()


def show_sms(
    fields: Mapping[str, str],
    properties: Mapping[str, str],
    region: str,
    settings: Settings,
    now: datetime,
) -> Shown:
    """Return the preview of an SMS to a contact; never raises.

    Args:
        fields: As filled in.
        properties: What is known of the contact.
        region: The region of their number.
        settings: The policies: consent, hours, and what becomes of names that they lack.
        now: The present moment.
    """
    names = Names(lastname=properties.get("lastname"), firstname=properties.get("firstname"))
    try:
        draft = read_draft(fields)
    except SendRefusedError as exc:
        return replace(show_template(fields, settings.missing_names), remarks=(refused(exc),))
    found = (
        *_refusals(draft, properties, settings.consent),
        *remarks(draft, names, settings.missing_names),
        *_delay(draft, region, settings.hours, now),
    )
    try:
        # What would be refused is remarked, and shown all the same.
        sms = compose(
            replace(draft, sender=None), lastname=names.lastname, firstname=names.firstname
        )
    except SendRefusedError as exc:
        more = (refused(exc),) if draft.text.strip() else ()
        return replace(_counted(draft), remarks=(*more, *found))
    text = final_text(sms, region)
    return Shown(characters=sms.characters, parts=sms.parts, text=text, remarks=found)


def show_template(fields: Mapping[str, str], missing: MissingPolicy) -> Shown:
    """Return the preview of a text where no contact is known, each token wide; never raises."""
    try:
        draft = read_draft(fields)
    except SendRefusedError:
        draft = Draft(type=read_draft({"type": "notification"}).type, text=fields.get("text", ""))
    return replace(_counted(draft), remarks=remarks(draft, None, missing))


def final_text(sms: Composed, region: str) -> str:
    """Return an SMS as a phone of ``region`` shows it, as far as we know."""
    mention = _MENTION if region in ZONES else _MENTION_ABROAD
    return sms.text + mention if sms.stop else sms.text


def remarks_json(found: tuple[Remarked, ...], language: Language) -> list[dict[str, Any]]:
    """Return remarks as they are told to a program."""
    return [
        {"code": each.code, "refuses": each.refuses, "message": each.said.spoken_in(language)}
        for each in found
    ]


def _counted(draft: Draft) -> Shown:
    counted = preview(draft)
    # The mention alone is no SMS: an empty form counts nothing.
    characters = counted.characters if counted.parts else 0
    text = draft.text + _MENTION if has_mention(draft) and counted.parts else draft.text
    return Shown(characters=characters, parts=counted.parts, text=text)


def _refusals(
    draft: Draft, properties: Mapping[str, str], policy: ConsentPolicy
) -> Iterator[Remarked]:
    """Yield why the contact may not get the SMS, as far as HubSpot knows, and a wrong sender."""
    try:
        decide(
            draft.type,
            consent=properties.get(CONSENT),
            smsmode_status=properties.get(STATUS),
            marketing_status=properties.get(MARKETING),
            opted_out_locally=False,
            policy=policy,
        )
    except SendRefusedError as exc:
        yield refused(exc)
    if Refusal.INVALID_SENDER in preview(draft).refusals:
        yield refused(SendRefusedError(Refusal.INVALID_SENDER))


def _delay(
    draft: Draft, region: str, hours: SendingHours | None, now: datetime
) -> Iterator[Remarked]:
    """Yield that the SMS would wait, and until when."""
    if hours is None or draft.type is SendType.NOTIFICATION:
        return
    at = hours.next_opening(now, region)
    if at > now:
        yield Remarked(code=Remark.POSTPONED, said=postponed(at, region))
