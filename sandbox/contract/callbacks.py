"""The clauses that hold for the addresses that smsmode calls: delivery reports and replies."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from sandbox.contract.bench import Bench, compact
from sandbox.contract.calls import Exchange
from sandbox.contract.clauses import Clause, Finding, answered, clause, refused, taken

Post = Callable[[bytes], Awaitable[Exchange]]

_RETRIED = "smsmode tries six times more, and then drops it for good"
_SDK = "smsmode's SDK (confirmed)"


async def _all_taken(post: Post, bodies: Sequence[Any], advice: str) -> Finding:
    """Return what came of telling ``bodies`` one after the other: all are to be taken."""
    first, *others = bodies
    exchange = await post(compact(first))
    for body in others:
        if exchange.is_taken:
            exchange = await post(compact(body))
    return taken(exchange, advice)


def _with(value: str, **more: Any) -> dict[str, Any]:
    return {"value": value, **more}


@clause("S1", why=_RETRIED, source=_SDK)
async def report(bench: Bench) -> Finding:
    """A delivery report is taken."""
    return await _all_taken(bench.report, [bench.message()], "answer first, and work afterwards")


@clause("S2", why=_RETRIED, source=_SDK)
async def statuses(bench: Bench) -> Finding:
    """Each status that smsmode tells is taken."""
    bodies = [
        bench.message(status=_with("ENROUTE")),
        bench.message(status=_with("UNDELIVERED", detail="EXPIRED")),
        bench.message(status=_with("UNDELIVERABLE", detail="BLACKLISTED")),
    ]
    return await _all_taken(bench.report, bodies, "take each, and keep what it says")


@clause("S3", why=f"delivery is at least once, and {_RETRIED}", source=_SDK)
async def report_again(bench: Bench) -> Finding:
    """The same report twice is taken twice."""
    body = bench.message()
    advice = "tell one from the other by messageId and status.value, and take both"
    return await _all_taken(bench.report, [body, body], advice)


@clause(
    "S4",
    why=f"a report that is tried again comes after those that followed it; {_RETRIED}",
    source="follows from the tries",
)
async def out_of_order(bench: Bench) -> Finding:
    """A report that comes late is taken."""
    bodies = [bench.message(), bench.message(status=_with("ENROUTE"))]
    return await _all_taken(bench.report, bodies, "take it, and let the final status stand")


@clause(
    "S5",
    why=f"smsmode adds some without notice, and {_RETRIED}",
    source="a production user (single)",
)
async def unknown_status(bench: Bench) -> Finding:
    """A status that nobody told of is taken."""
    body = bench.message(status=_with("PARKED_BY_OPERATOR", detail="SOMETHING_NEW"))
    advice = "take it, and treat it neither as a success nor as a failure"
    return await _all_taken(bench.report, [body], advice)


@clause(
    "S6",
    why=f"reports without direction and dates were seen; {_RETRIED}",
    source="a production user (doubtful)",
)
async def bare(bench: Bench) -> Finding:
    """A report without what may be left out is taken."""
    told = bench.message(status=_with("DELIVERED"))
    body = {name: told[name] for name in ("messageId", "status", "recipient")}
    advice = "ask for messageId and status.value alone"
    return await _all_taken(bench.report, [body], advice)


@clause(
    "S7",
    why="reports of fast operators come before the app knows the message's id",
    source="follows from asynchronous delivery",
)
async def early(bench: Bench) -> Finding:
    """A report that overtakes the answer to its send is no failure."""
    body = bench.message(messageId=bench.fresh("early"), refClient=bench.fresh("early"))
    exchange = await bench.report(compact(body))
    advice = "keep it until the send is known, or answer 404 to be told again"
    return answered(exchange, "2xx, or a 4xx", advice)


@clause("S8", why="a trace in the log for whatever anybody posts", source="good practice")
async def malformed_report(bench: Bench) -> Finding:
    """A report that cannot be read is refused, not failed."""
    return refused(await bench.report(b'{"messageId": '), "answer 400 to what cannot be read")


@clause("R1", why=_RETRIED, source=_SDK)
async def reply(bench: Bench) -> Finding:
    """A reply is taken."""
    return await _all_taken(bench.tell_reply, [bench.answer()], "answer first, work afterwards")


@clause("R2", why=_RETRIED, source="follows from SMS of many parts")
async def long_reply(bench: Bench) -> Finding:
    """A long reply with emoji is taken."""
    text = "Ça me va 🙂 " * 60
    body = {"text": text, "encoding": "UNICODE", "messagePartCount": 11, "length": len(text)}
    return await _all_taken(bench.tell_reply, [bench.answer(body=body)], "bound no reply's length")


@clause("R3", why=f"delivery is at least once, and {_RETRIED}", source=_SDK)
async def reply_again(bench: Bench) -> Finding:
    """The same reply twice is taken twice."""
    body = bench.answer()
    return await _all_taken(bench.tell_reply, [body, body], "tell them apart by messageId")


@clause(
    "R4",
    why="smsmode's documentation and its real calls differ",
    source="three production users (confirmed, of another channel)",
)
async def turned(bench: Bench) -> Finding:
    """A reply whose two numbers stand the other way round is taken."""
    number = bench.subject.phone.removeprefix("+")
    body = bench.answer(recipient={"to": number}, **{"from": "36034"})
    advice = "the phone is whichever of `from` and `recipient.to` looks like one"
    return await _all_taken(bench.tell_reply, [body], advice)


@clause(
    "R5",
    why="whoever writes to the short code by himself is lost",
    source="the documented fields are optional (inferred)",
)
async def unlinked(bench: Bench) -> Finding:
    """A reply that names no SMS is taken."""
    told = bench.answer()
    del told["originMessageId"]
    told.pop("refClient", None)
    advice = "find the contact by the phone"
    return await _all_taken(bench.tell_reply, [told], advice)


@clause("R6", why="a trace in the log for whatever anybody posts", source="good practice")
async def malformed_reply(bench: Bench) -> Finding:
    """A reply that cannot be read is refused, not failed."""
    return refused(await bench.tell_reply(b'{"from": '), "answer 400 to what cannot be read")


@clause(
    "R7",
    why="the law: whoever says STOP must not be written to again",
    source="reading of smsmode's specification (single)",
)
async def stop(bench: Bench) -> Finding:
    """A STOP is taken, in any case and with words around it."""
    bodies = [
        bench.answer(body={"text": text, "stop": True, "encoding": "GSM7", "length": len(text)})
        for text in ("STOP", "Stop svp", "stop")
    ]
    return await _all_taken(bench.tell_reply, bodies, "heed `body.stop`, and the word in any case")


REPORTS: Sequence[Clause[Bench]] = (
    report,
    statuses,
    report_again,
    out_of_order,
    unknown_status,
    bare,
    early,
    malformed_report,
)
"""What holds for delivery reports."""

REPLIES: Sequence[Clause[Bench]] = (
    reply,
    long_reply,
    reply_again,
    turned,
    unlinked,
    malformed_reply,
    stop,
)
"""What holds for replies; the STOP comes last, since the app sends the contact nothing after it."""
