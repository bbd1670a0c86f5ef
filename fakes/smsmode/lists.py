"""Lists of messages: by filter and by page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from starlette.responses import Response

from fakes.kit.call import Call
from fakes.smsmode.auth import Caller, identify
from fakes.smsmode.choices import Window
from fakes.smsmode.codes import Direction
from fakes.smsmode.errors import Code, refused
from fakes.smsmode.message import Message
from fakes.smsmode.messages import is_readable, show_message
from fakes.smsmode.paging import Span, answer_page, read_span, sort
from fakes.smsmode.party import Party


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wanted:
    span: Span
    direction: Direction
    reference: str | None
    to: str | None
    origin: str | None


async def index(call: Call[Party]) -> Response:
    """Answer with a page of messages, newest first unless told otherwise.

    Source: smsmode API docs, Messages; official client (envelope, filters).
    """
    caller = identify(call)
    party = call.party
    wanted = _wanted(call)
    found = [m for m in _candidates(party, caller, wanted) if _fits(party, caller, m, wanted)]
    keys = {"refClient": lambda m: m.ref_client or "", "sentDate": lambda m: m.sent_date}
    sort(call, found, keys, usual="sentDate")
    return answer_page(call, found, partial(show_message, party), wanted.span)


def _wanted(call: Call[Party]) -> _Wanted:
    to = call.query("searchBy[to]")
    return _Wanted(
        span=read_span(call, timedelta(days=call.party.settings.list_days)),
        direction=_direction(call),
        reference=call.query("searchBy[refClient]"),
        to=to.strip().removeprefix("+") if to else None,
        origin=call.query("searchBy[originMessageId]"),
    )


def _candidates(party: Party, caller: Caller, wanted: _Wanted) -> Sequence[Message]:
    archive = party.traffic.archive
    if caller.campaign is not None:
        return archive.of_campaign(caller.campaign.campaign_id)
    if wanted.reference is not None:
        return archive.of_reference(wanted.reference)
    if wanted.origin is not None:
        return archive.of_origin(wanted.origin)
    if wanted.to is not None:
        return archive.of_phone(wanted.to)
    return archive.of_channels(caller.reach)


def _fits(party: Party, caller: Caller, message: Message, wanted: _Wanted) -> bool:
    by_sent = party.settings.list_window is Window.SENT
    moment = message.sent_date if by_sent else message.accepted_at
    return (
        message.channel_id in caller.reach
        and message.direction is wanted.direction
        and wanted.span.holds(moment)
        and wanted.to in {None, message.phone}
        and wanted.reference in {None, message.ref_client}
        and wanted.origin in {None, message.origin_id}
        and is_readable(party, message)
    )


def _direction(call: Call[Party]) -> Direction:
    direction = call.query("searchBy[direction]") or Direction.MT
    if direction not in list(Direction):
        raise refused(Code.QUERY, "searchBy[direction] must be MT or MO", f"not {direction!r}")
    return Direction(direction)
