"""Phones: what each received and wrote, as its owner sees it."""

from typing import Any

from fakes.smsmode.codes import Direction
from fakes.smsmode.countries import country_of
from fakes.smsmode.mention import opt_out_page
from fakes.smsmode.message import Message
from fakes.smsmode.operators import operator_of
from fakes.smsmode.party import Party
from fakes.smsmode.state import Notice


def summaries(party: Party) -> list[dict[str, Any]]:
    """Return every phone of the world, in the order of its first message, without its thread."""
    return [_summary(party, number) for number in party.traffic.archive.phones()]


def thread(party: Party, number: str) -> dict[str, Any]:
    """Return a phone and its thread, oldest first; ``in`` is what it received."""
    traffic = party.traffic
    bubbles = [_bubble(party, message) for message in traffic.archive.of_phone(number)]
    bubbles += [_notice(notice) for notice in traffic.notices.get(number, ())]
    bubbles.sort(key=lambda bubble: str(bubble["at"]))
    return {**_summary(party, number), "thread": bubbles}


def _summary(party: Party, number: str) -> dict[str, Any]:
    traffic = party.traffic
    country = country_of(number)
    messages = traffic.archive.of_phone(number)
    return {
        "msisdn": number,
        "country": country.iso,
        "network": operator_of(number).name,
        "fate": traffic.fates.get(number),
        "blacklistedBy": [scope for scope, listed in traffic.blacklist if listed == number],
        "received": sum(m.direction is Direction.MT for m in messages),
        "sent": sum(m.direction is Direction.MO for m in messages),
    }


def _bubble(party: Party, message: Message) -> dict[str, Any]:
    is_in = message.direction is Direction.MT
    moment = message.sent_date if is_in else message.accepted_at
    return {
        "at": moment.isoformat(),
        "direction": "in" if is_in else "out",
        "kind": "message",
        **message.ids(),
        "with": message.sender if is_in else message.to,
        "text": message.body.text,
        "encoding": message.body.encoding,
        "parts": message.body.parts,
        "length": message.body.length,
        "stop": bool(message.body.stop),
        "status": message.status.value if message.status else None,
        "detail": message.status.detail if message.status else None,
        "channelId": message.channel_id,
        "optOutUrl": opt_out_page(message, party.settings),
    }


def _notice(notice: Notice) -> dict[str, Any]:
    return {
        "at": notice.at.isoformat(),
        "direction": "in",
        "kind": "notice",
        "originMessageId": notice.origin_id,
        "with": notice.sender,
        "text": notice.text,
        "status": "DELIVERED",
    }
