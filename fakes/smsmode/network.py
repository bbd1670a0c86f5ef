"""The network: carries accepted messages, and reports each change of their status."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial

from fakes.smsmode import billing, blacklist
from fakes.smsmode.callbacks import post
from fakes.smsmode.choices import OperatorBlock
from fakes.smsmode.codes import Detail, Value, succeeds
from fakes.smsmode.delivery import Step, plan
from fakes.smsmode.fates import BLACKLISTED, SPAM, Fate, fate_of
from fakes.smsmode.ledger import Kind
from fakes.smsmode.magic import REPLY_AFTER
from fakes.smsmode.message import Message, Status
from fakes.smsmode.operator_rules import is_unlawful
from fakes.smsmode.party import Party
from fakes.smsmode.replies import NoReplyError, reply
from fakes.smsmode.resources import report_body

_RECALLED = Step(timedelta(), Value.UNDELIVERABLE, Detail.BLACKLISTED)


def schedule(party: Party, message: Message) -> None:
    """Promise that a scheduled ``message`` leaves on its date."""
    release = partial(_leave, party, message.message_id)
    handle = party.scheduler.after(
        message.sent_date - party.now(), release, label=f"smsmode: send {message.message_id}"
    )
    party.traffic.releases[message.message_id] = handle


def withdraw(party: Party, message_id: str) -> None:
    """Call off the leave of a scheduled message."""
    handle = party.traffic.releases.pop(message_id, None)
    if handle is not None:
        handle.cancel()


def carry(party: Party, message: Message) -> tuple[Step, ...]:
    """Debit ``message``, promise its reports, and return those to make before it is answered.

    Assumed: a scheduled message is debited when it leaves.
    """
    fate = _verdict(party, message)
    steps = plan(message, fate, party.seed, party.settings)
    early = tuple(step for step in steps if step.is_early)
    promise(party, message.message_id, steps[len(early) :], party.now())
    return early


def promise(party: Party, message_id: str, steps: Sequence[Step], left: datetime) -> None:
    """Promise the reports of ``steps``, each at its own distance from the message's leave.

    So a clock that skips a day makes all that was due in it due at once.

    Args:
        party: Who reports.
        message_id: The message.
        steps: What to report, in order.
        left: When the message left.
    """
    if steps:
        job = partial(_walk, party, message_id, steps, left)
        label = f"smsmode: {steps[0].value} of {message_id}"
        party.scheduler.after(left + steps[0].after - party.now(), job, label=label)


async def report(party: Party, message_id: str, step: Step) -> None:
    """Change a message's status as ``step`` says, and tell the app.

    A status that cannot follow the present one is told all the same: reports may come late.
    """
    message = party.traffic.archive.get(message_id)
    if message is None:
        return
    step = _RECALLED if _is_recalled(party, message, step) else step
    status = Status(value=step.value, at=party.now(), detail=step.detail, located=step.is_located)
    if succeeds(step.value, message.value or ""):
        message = message._replace(status=status)
        party.traffic.archive.replace(message)
    if step.reply is not None:
        job = partial(_write_back, party, message, step.reply)
        party.scheduler.after(REPLY_AFTER, job, label=f"smsmode: reply to {message_id}")
    await _tell_app(party, message, status)


async def _walk(party: Party, message_id: str, steps: Sequence[Step], left: datetime) -> None:
    # The next one is promised first: an app that is slow to answer delays nothing else.
    promise(party, message_id, steps[1:], left)
    await report(party, message_id, steps[0])


def _is_recalled(party: Party, message: Message, step: Step) -> bool:
    return (
        step.value == Value.DELIVERED
        and message.value != Value.DELIVERED
        and party.settings.stop_recalls
        and blacklist.is_listed(party, message)
    )


async def _write_back(party: Party, message: Message, text: str) -> None:
    try:
        reply(party, message.to, text, message_id=message.message_id)
    except NoReplyError as exc:
        party.tell("reply.lost", **message.ids(), text=text, reason=exc.code)


async def _tell_app(party: Party, message: Message, status: Status) -> None:
    party.tell("message.status", **message.ids(), value=status.value, detail=status.detail)
    channel = party.state.channels[message.channel_id]
    url = message.order.callback_status if message.order else None
    url = url or channel.default_callback_status
    if url is not None:
        body = report_body(message, channel, status, party.settings)
        await post(party, Kind.STATUS, url, body, message.ids())


async def _leave(party: Party, message_id: str) -> None:
    party.traffic.releases.pop(message_id, None)
    message = party.traffic.archive.get(message_id)
    if message is None:
        return
    sent = message._replace(status=Status(value=Value.ENROUTE, at=party.now()))
    party.traffic.archive.replace(sent)
    for step in carry(party, sent):
        await report(party, message_id, step)


def _verdict(party: Party, message: Message) -> Fate:
    fate = _fate(party, message)
    if fate.is_refused and not party.settings.bills_refused:
        return fate
    return billing.charge(party, message) or fate


def _fate(party: Party, message: Message) -> Fate:
    if blacklist.is_listed(party, message):
        return BLACKLISTED
    if party.settings.operator_block is OperatorBlock.UNLAWFUL:
        flow = party.state.channels[message.channel_id].flow
        if is_unlawful(message, flow, party.now()):
            return SPAM
    return fate_of(message.to, party.traffic.fates.get(message.to))
