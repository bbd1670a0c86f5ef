"""The clauses on the executions that HubSpot posts to a workflow action, and on their answers."""

import json

from sandbox.contract.bench import Bench, Witness, compact
from sandbox.contract.calls import Exchange
from sandbox.contract.clauses import (
    Finding,
    answered,
    broken,
    clause,
    kept,
    refused,
    taken,
    unexamined,
)

STATES = ("SUCCESS", "FAIL_CONTINUE", "BLOCK", "ASYNC")
"""What ``hs_execution_state`` may be. Source: HubSpot developer docs, Custom workflow actions (docs)."""

LOOKS, PACE = 40, 0.25
"""How many times we look whether an SMS is there, and the seconds between two looks."""
QUIET = 1.0
"""Seconds without an SMS after which no more are waited for."""

_LARGE = 1024 * 1024

_ACTIONS = "HubSpot developer docs, Custom workflow actions (docs)"
_RETRIED = "HubSpot calls again and again, for three days"


@clause(
    "A7",
    why="branches on the outputs never match, and failures count as successes",
    source=_ACTIONS,
)
async def outputs(bench: Bench) -> Finding:
    """The answer is what workflows read."""
    exchange = await bench.act(bench.execution())
    if not exchange.is_taken:
        return taken(exchange)
    fault = _fault_of_outputs(exchange)
    return broken(exchange, _OUTPUTS, fault) if fault else kept(exchange)


_OUTPUTS = '{"outputFields": {"hs_execution_state": "SUCCESS", …}}, all values strings'


def _fault_of_outputs(exchange: Exchange) -> str:
    """Return what HubSpot would not read in an answer, or ``""``."""
    try:
        said = json.loads(exchange.answer)
    except ValueError:
        return "the answer is not JSON: HubSpot takes it for a success, and reads no output"
    outputs = said.get("outputFields") if isinstance(said, dict) else None
    if not isinstance(outputs, dict):
        return "there is no object `outputFields`: HubSpot takes it for a success without outputs"
    state = outputs.get("hs_execution_state", "SUCCESS")
    if state not in STATES:
        return f"hs_execution_state is {state!r}, which is none of {', '.join(STATES)}"
    wrong = [name for name, value in outputs.items() if not isinstance(value, str)]
    return f"not a string: {', '.join(wrong)}" if wrong else ""


@clause(
    "A8",
    why="the action stops on the day on which HubSpot adds one, as it did with typedInputs",
    source="captures of real calls over the years (many)",
)
async def unknown(bench: Bench) -> Finding:
    """Fields that nobody told of are passed over."""
    exchange = await bench.act(bench.execution(somethingNew={"of": ["HubSpot's"]}))
    return taken(exchange, "pass over the fields that you do not know")


@clause(
    "A9",
    why="whoever builds a workflow is shown an error before it has begun",
    source="a capture of a real call (single)",
)
async def tested(bench: Bench) -> Finding:
    """The editor's test button works."""
    subject = bench.subject
    origin = {
        "portalId": subject.portal_id,
        "userId": None,
        "actionDefinitionId": subject.definition_id,
        "actionDefinitionVersion": 0,
        "actionExecutionIndexIdentifier": None,
        "extensionDefinitionVersionId": 0,
        "extensionDefinitionId": subject.definition_id,
    }
    body = json.loads(bench.execution(origin=origin, callbackId=bench.fresh("test")))
    del body["context"]
    exchange = await bench.act(compact(body))
    return taken(exchange, "ask neither for `context` nor for an enrolment's number")


@clause("A10", why=_RETRIED, source=_ACTIONS)
async def malformed(bench: Bench) -> Finding:
    """A body that cannot be read is refused, not failed."""
    exchange = await bench.act(b'{"callbackId": "ap-1')
    return refused(exchange, "answer 400 to a body that cannot be read")


@clause("A11", why=_RETRIED, source=_ACTIONS)
async def mistyped(bench: Bench) -> Finding:
    """JSON of another shape is refused, not failed."""
    body = bench.execution(origin=["not", "an", "object"], inputFields="neither")
    exchange = await bench.act(body)
    return refused(exchange, "answer 400 to JSON of another shape")


@clause("A12", why=f"contacts are deleted while they wait, and {_RETRIED}", source=_ACTIONS)
async def stranger(bench: Bench) -> Finding:
    """A contact that is not there is told of, not failed over."""
    body = bench.execution(object={"objectId": 1, "objectType": "CONTACT"})
    exchange = await bench.act(body)
    advice = "tell the workflow: FAIL_CONTINUE, and the reason among the outputs"
    return answered(exchange, "2xx with FAIL_CONTINUE, or a 4xx", advice)


@clause(
    "A13",
    why="anybody can fill the memory of an app that reads whatever comes",
    source="good practice; HubSpot tells no bound",
)
async def large(bench: Bench) -> Finding:
    """A body of a mebibyte is refused or taken, not failed."""
    exchange = await bench.act(bench.execution(padding="x" * _LARGE))
    return answered(exchange, "2xx, or 413", "bound what is read, and refuse the rest with 413")


@clause(
    "A14",
    why="an answer that is lost has HubSpot call again, and the contact is written to twice",
    source="captures: callbackId is the same in each try (inferred)",
)
async def repeated(bench: Bench) -> Finding:
    """The same execution twice sends one SMS."""
    if bench.witness is None:
        return unexamined("no sandbox runs in which SMS could be counted")
    before = await _settled(bench.witness)
    body = bench.execution()
    await bench.act(body)
    if await _count(bench.witness, above=before) == before:
        return unexamined(f"the app sent {bench.subject.phone} no SMS within {LOOKS * PACE:g} s")
    bench.know((await bench.witness.sent())[0])
    again = await bench.act(body)
    sent = await _settled(bench.witness) - before
    if sent > 1:
        return broken(again, "one SMS", f"{sent} SMS went out: remember each `callbackId`")
    return taken(again, "answer a repeated call as the first one was answered")


async def _count(witness: Witness, *, above: int) -> int:
    """Return how many SMS there are, as soon as there are more than ``above``, or after a while."""
    for _ in range(LOOKS):
        if len(await witness.sent()) > above:
            break
        await witness.wait(PACE)
    return len(await witness.sent())


async def _settled(witness: Witness) -> int:
    """Return how many SMS there are once no more come."""
    found = -1
    while len(sent := await witness.sent()) > found:
        found = len(sent)
        await witness.wait(QUIET)
    return found


CLAUSES = (outputs, unknown, tested, malformed, mistyped, stranger, large, repeated)
"""In the order in which they are examined: the last one's SMS tells where reports go."""
