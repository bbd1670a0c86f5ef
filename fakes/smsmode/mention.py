"""The opt-out mention: what ``body.stop`` adds to a text."""

from fakes.smsmode.accounts import Channel
from fakes.smsmode.choices import ForeignMention, StopMention
from fakes.smsmode.countries import FRANCE, country_of
from fakes.smsmode.settings import Settings

_TUTORIAL = "STOP #cod."
_ABROAD = " no-sms.eu"


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
