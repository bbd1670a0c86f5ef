"""Composition: from the text that was written to the one that is sent and billed."""

from fakes.smsmode.accounts import Channel
from fakes.smsmode.choices import MentionWhen, Replacement
from fakes.smsmode.codes import Encoding
from fakes.smsmode.errors import Code, refused
from fakes.smsmode.mention import mention_of
from fakes.smsmode.message import Body, Order
from fakes.smsmode.segments import MOST_PARTS, count, questioned, simplified, strangers
from fakes.smsmode.settings import Settings


def compose(order: Order, channel: Channel, code: str, settings: Settings) -> Body:
    """Return the body that is sent: characters replaced, mention added, parts counted.

    Args:
        order: What was asked for.
        channel: The channel that sends it.
        code: The opt-out code of this message.
        settings: What becomes of strange characters, and how the mention is written.

    Raises:
        ServiceError: 400, the text takes more than ten parts or has characters that are refused.
    """
    text = _in_alphabet(order.text, order.encoding, settings)
    mention = mention_of(order.to, channel, code, settings) if order.stop else ""
    if settings.mention_when is MentionWhen.FREE and _adds_a_part(text, mention, order.encoding):
        mention = ""
    whole = text + mention
    counted = count(whole, order.encoding)
    if counted.parts > MOST_PARTS:
        detail = f"body.text takes {counted.parts} parts ({counted.length} long)"
        raise refused(Code.TEXT, f"A message takes at most {MOST_PARTS} parts", detail)
    return Body(whole, order.encoding, counted.parts, counted.length, order.stop, mention)


def _in_alphabet(text: str, encoding: Encoding, settings: Settings) -> str:
    if encoding is Encoding.UNICODE:
        return text
    if settings.replacement is Replacement.TUTORIAL:
        return simplified(text)
    if settings.replacement is Replacement.REJECT and (strange := strangers(text)):
        detail = f"body.text has {' '.join(strange)}: use the UNICODE encoding"
        raise refused(Code.TEXT, "The text has characters outside GSM7", detail)
    return questioned(text)


def _adds_a_part(text: str, mention: str, encoding: Encoding) -> bool:
    return count(text + mention, encoding).parts > count(text, encoding).parts
