"""The opt-out mention: what ``body.stop`` adds to a text."""

from fakes.smsmode.accounts import Channel
from fakes.smsmode.choices import ForeignMention, StopMention
from fakes.smsmode.countries import FRANCE, country_of
from fakes.smsmode.message import Message
from fakes.smsmode.settings import Settings

_TUTORIAL = "STOP #cod."
_ABROAD = " no-sms.eu"
_LINK_LENGTH = 8


def short_code_of(channel: Channel, settings: Settings) -> str:
    """Return the French short code that a channel's phones answer to."""
    return channel.default_from if channel.default_from.isdigit() else settings.short_code


def mention_of(to: str, channel: Channel, code: str, settings: Settings) -> str:
    """Return what is appended to a text, its separating space included.

    Args:
        to: The phone, E.164 digits.
        channel: Whose short code is named.
        code: The opt-out code of this message, for a link.
        settings: How mentions are written.

    Source: smsmode.com, STOP mention (10 characters in France, 9 abroad); the vendor's tutorial
    shows ``STOP #cod.`` without a space.
    """
    if country_of(to).iso != FRANCE:
        linked = settings.foreign_mention is ForeignMention.LINK
        return f"{_ABROAD}/{code}" if linked else _ABROAD
    if settings.stop_mention is StopMention.TUTORIAL:
        return _TUTORIAL
    return f" STOP {short_code_of(channel, settings)}"


def link_of(message_id: str) -> str:
    """Return the code by which ``no-sms.eu`` knows a message."""
    return message_id[:_LINK_LENGTH]


def is_linked(message: Message) -> bool:
    """Return whether the mention of ``message`` is a link of its own."""
    return message.body.mention.startswith(f"{_ABROAD}/")


def opt_out_page(message: Message, settings: Settings) -> str | None:
    """Return where the mention's link leads in this world, or ``None`` when there is no link."""
    if not message.body.mention.startswith(_ABROAD):
        return None
    path = f"/{link_of(message.message_id)}" if is_linked(message) else ""
    return f"{settings.base_url}/no-sms{path}"
