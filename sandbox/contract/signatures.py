"""The clauses on the signature of what HubSpot posts to a workflow action."""

from sandbox.contract.bench import Bench
from sandbox.contract.clauses import Finding, broken, clause, refused, taken
from sandbox.contract.diagnosis import explain

_ACCENTS = "Zoë, 5 €, 日本 🙂"
_FORGED = "c2lnbmVkIGJ5IHNvbWVib2R5IGVsc2UgZW50aXJlbHk="
_MINUTE = 60.0

_VALIDATING = "HubSpot developer docs, Validating requests (docs)"
_OPEN = "whoever finds the address has SMS sent at your cost"


@clause("A1", why="no workflow can use the action", source=_VALIDATING)
async def signed(bench: Bench) -> Finding:
    """A signed execution is taken."""
    exchange = await bench.act(bench.execution())
    if exchange.is_refused:
        return broken(exchange, "any 2xx", await explain(bench))
    return taken(exchange)


@clause(
    "A2",
    why="the first contact called Zoë is refused",
    source="captures of real calls: compact UTF-8, nothing escaped (many)",
)
async def accents(bench: Bench) -> Finding:
    """A text with accents and emoji is verified on its raw bytes."""
    fields = bench.subject.fields
    # Into the text, rather than into what a list of choices holds.
    longest = max(fields, key=lambda name: len(fields[name]), default="")
    said = {**fields, longest: f"{_ACCENTS} {fields[longest]}"} if fields else {}
    exchange = await bench.act(bench.execution(fields=said, inputFields=said))
    return taken(exchange, "check the signature over the raw bytes, before anything reads them")


@clause("A3", why=_OPEN, source=_VALIDATING)
async def forged(bench: Bench) -> Finding:
    """A forged signature is refused."""
    body = bench.execution()
    headers = {
        **bench.signature(body),
        "X-HubSpot-Signature": "0" * 64,
        "X-HubSpot-Signature-v3": _FORGED,
    }
    return refused(await bench.act(body, headers))


@clause("A4", why=_OPEN, source=_VALIDATING)
async def unsigned(bench: Bench) -> Finding:
    """A call without a signature is refused."""
    return refused(await bench.act(bench.execution(), {}))


@clause("A5", why="one call that leaks signs any other", source=_VALIDATING)
async def altered(bench: Bench) -> Finding:
    """A signature of another body is refused."""
    signature = bench.signature(bench.execution())
    exchange = await bench.act(bench.execution(), signature)
    return refused(exchange, "the signature must cover the body, not the address alone")


@clause(
    "A6", why="a call that leaks can be made again for ever", source=f"{_VALIDATING}: five minutes"
)
async def stale(bench: Bench) -> Finding:
    """A signature that is six minutes old is refused."""
    body = bench.execution()
    # Version 2 has no timestamp: an app that would rather check it is asked about version 3.
    headers = {**bench.signature(body, age=6 * _MINUTE), "X-HubSpot-Signature": "0" * 64}
    exchange = await bench.act(body, headers)
    return refused(exchange, "compare X-HubSpot-Request-Timestamp, in milliseconds, with the clock")


CLAUSES = (signed, accents, forged, unsigned, altered, stale)
"""In the order in which they are examined."""
