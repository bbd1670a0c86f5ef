"""Replies: a phone writes back to what it received, and STOP is STOP."""

from datetime import timedelta
from functools import partial

from fakes.smsmode import billing, blacklist
from fakes.smsmode.callbacks import post
from fakes.smsmode.codes import Direction, Encoding, Value
from fakes.smsmode.countries import country_of
from fakes.smsmode.ledger import Kind
from fakes.smsmode.mention import short_code_of
from fakes.smsmode.message import Body, Message
from fakes.smsmode.party import Party
from fakes.smsmode.resources import reply_resource
from fakes.smsmode.segments import count, strangers
from fakes.smsmode.state import Notice

CONFIRMATION = "Votre opposition est enregistrée : vous ne recevrez plus de SMS de notre part."
"""What answers a STOP. Assumed: the words; that an SMS answers is in smsmode's documentation."""

_NOT_RECEIVED = frozenset((Value.SCHEDULED, Value.UNDELIVERABLE, Value.UNDELIVERED))


class NoReplyError(Exception):
    """The phone cannot write back.

    Args:
        code: Why: ``not-received``, ``personalised-sender`` or ``country``.
        reason: In words, with the ids.
    """

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(f"{code}: {reason}")
        self.code = code
        self.reason = reason


def reply(
    party: Party, number: str, text: str, *, to: str | None = None, message_id: str | None = None
) -> Message:
    """Return the reply that a phone sends; its callback leaves from a scheduled job.

    Args:
        party: Who carries it.
        number: The phone, E.164 digits.
        text: What it writes; an opt-out word alone opts out.
        to: The short code or number that it writes to.
        message_id: The message that it answers; the last one received when neither is given.

    Raises:
        NoReplyError: It received no such message, the sender is personalised, or its country's
            phones cannot reply.

    Source: smsmode.com, replies; STOP mention (a STOP works with any sender).
    """
    origin = _origin(party, number, to, message_id)
    is_stop = is_opt_out(party, text)
    country = country_of(number)
    if country.iso not in party.settings.reply_countries:
        raise NoReplyError("country", f"phones of {country.name} cannot reply")
    is_known = is_stop or _is_among(party.settings.start_words, text)
    address = _address(party, origin, is_known=is_known)
    return receive(party, origin, text, address=address, is_stop=is_stop, reason="reply")


def receive(
    party: Party, origin: Message, text: str, *, address: str, is_stop: bool, reason: str
) -> Message:
    """Return the MO message that answers ``origin``, kept, acted upon and about to be told.

    Args:
        party: Who receives it.
        origin: The message that it answers.
        text: What the phone wrote.
        address: The short code or number that it wrote to.
        is_stop: Whether it opts out.
        reason: How the opt-out came: ``reply`` or ``page``.
    """
    answer = _inbound(party, origin, text, address=address, is_stop=is_stop)
    party.traffic.archive.add(answer)
    party.tell(
        "message.replied", **answer.ids(), sender=origin.to, to=address, text=text, stop=is_stop
    )
    if is_stop:
        _opt_out(party, origin, reason)
    elif _is_among(party.settings.start_words, text):
        scope = blacklist.scope_of(party, origin.organisation_id, origin.channel_id)
        blacklist.delist(party, origin.to, scope)
    job = partial(_tell_app, party, answer, origin)
    party.scheduler.after(timedelta(), job, label=f"smsmode: reply {answer.message_id}")
    return answer


def is_opt_out(party: Party, text: str) -> bool:
    """Return whether ``text`` is an opt-out word and nothing else."""
    return _is_among(party.settings.stop_words, text)


def _is_among(words: tuple[str, ...], text: str) -> bool:
    return _plain(text) in {_plain(word) for word in words}


def _plain(text: str) -> str:
    return " ".join(text.upper().split())


def _origin(party: Party, number: str, to: str | None, message_id: str | None) -> Message:
    received = [
        m
        for m in party.traffic.archive.of_phone(number)
        if m.direction is Direction.MT and m.value not in _NOT_RECEIVED
    ]
    for message in reversed(received):
        if message_id not in {None, message.message_id}:
            continue
        if (
            to is None
            or to == message.sender
            or (message.body.mention and to in message.body.mention)
        ):
            return message
    wanted = f"message {message_id}" if message_id else f"anything from {to or 'anybody'}"
    raise NoReplyError("not-received", f"{number} has not received {wanted}")


def _address(party: Party, origin: Message, *, is_known: bool) -> str:
    if origin.sender.isdigit():
        return origin.sender
    if is_known and origin.body.mention:
        return short_code_of(party.state.channels[origin.channel_id], party.settings)
    reason = f"{origin.sender!r} is a name, not a number: only STOP to the mention's code arrives"
    raise NoReplyError("personalised-sender", reason)


def _inbound(party: Party, origin: Message, text: str, *, address: str, is_stop: bool) -> Message:
    encoding = Encoding.UNICODE if strangers(text) else Encoding.GSM7
    counted = count(text, encoding)
    body = Body(
        text=text,
        encoding=encoding,
        parts=counted.parts,
        length=counted.length,
        stop=is_stop or None,
    )
    now = party.now()
    return Message(
        message_id=party.ids.uuid(),
        channel_id=origin.channel_id,
        organisation_id=origin.organisation_id,
        direction=Direction.MO,
        to=address,
        sender=origin.to,
        body=body,
        accepted_at=now,
        sent_date=now,
        ref_client=origin.ref_client,
        origin_id=origin.message_id,
    )


def _opt_out(party: Party, origin: Message, reason: str) -> None:
    scope = blacklist.scope_of(party, origin.organisation_id, origin.channel_id)
    is_new = blacklist.enlist(party, scope, origin.to, origin=origin, reason=reason)
    if not is_new or not party.settings.confirms_stop:
        return
    price = party.settings.stop_price
    billing.debit(party, origin.organisation_id, price, "stop", origin.ids())
    sender = short_code_of(party.state.channels[origin.channel_id], party.settings)
    notice = Notice(at=party.now(), sender=sender, text=CONFIRMATION, origin_id=origin.message_id)
    party.traffic.notices[origin.to].append(notice)
    party.tell("stop.confirmed", number=origin.to, **origin.ids())


async def _tell_app(party: Party, answer: Message, origin: Message) -> None:
    if party.traffic.archive.get(answer.message_id) is None:
        return
    channel = party.state.channels[answer.channel_id]
    url = origin.order.callback_mo if origin.order else None
    if url is None and party.settings.default_mo_address:
        url = channel.default_callback_mo
    if url is not None:
        body = reply_resource(answer, channel, party.settings)
        await post(party, Kind.MO, url, body, answer.ids())
