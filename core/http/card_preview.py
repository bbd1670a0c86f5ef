"""What the card's forms show while one types: characters, SMS, and the SMS as it will be received."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from core.domain.compose import Draft, compose, has_mention, preview
from core.domain.errors import SendRefusedError
from core.domain.quiet import ZONES
from core.services.composing import read_draft

_MENTION, _MENTION_ABROAD = " STOP 36xxx", " no-sms.eu"
"""How the opt-out mention reads; smsmode alone knows the short code."""

FIRSTNAME, LASTNAME, REGION = "firstname", "lastname", "region"
"""What a form carries of its contact, so that its preview asks nobody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A preview.

    Args:
        characters: With the mention.
        parts: How many SMS; 0 while there is no text.
        text: As it will be received.
    """

    characters: int
    parts: int
    text: str


def show_sms(fields: Mapping[str, str]) -> Shown:
    """Return the preview of an SMS to the contact that the form carries; never raises."""
    try:
        # A sender that will be refused does not keep the text from being shown.
        draft = replace(read_draft(fields), sender=None)
        sms = compose(draft, lastname=fields.get(LASTNAME), firstname=fields.get(FIRSTNAME))
    except SendRefusedError:
        return show_template(fields)
    mention = _MENTION if fields.get(REGION) in ZONES else _MENTION_ABROAD
    text = sms.text + mention if sms.stop else sms.text
    return Shown(characters=sms.characters, parts=sms.parts, text=text)


def show_template(fields: Mapping[str, str]) -> Shown:
    """Return the preview of a text where no contact is known, each token wide; never raises."""
    try:
        draft = read_draft(fields)
    except SendRefusedError:
        draft = Draft(type=read_draft({"type": "notification"}).type, text=fields.get("text", ""))
    counted = preview(draft)
    # The mention alone is no SMS: an empty form counts nothing.
    characters = counted.characters if counted.parts else 0
    text = draft.text + _MENTION if has_mention(draft) and counted.parts else draft.text
    return Shown(characters=characters, parts=counted.parts, text=text)
