"""Control routes for what goes wrong on purpose."""

from starlette.responses import Response

from fakes.hubspot.answering import HubCall
from fakes.hubspot.bodies import read_object
from fakes.hubspot.limits.faults import read_fault
from fakes.kit.answers import empty_answer, json_answer


async def list_faults(call: HubCall) -> Response:
    """Answer ``GET …/faults``: those that calls are still to meet."""
    return json_answer({"results": [fault.as_json() for fault in call.party.state.faults]})


async def create_fault(call: HubCall) -> Response:
    """Answer ``POST …/faults``: the next ``count`` calls meet a 429, a 5xx or a wait."""
    fault = read_fault(await read_object(call))
    call.party.state.faults.append(fault)
    return json_answer(fault.as_json(), 201)


async def clear_faults(call: HubCall) -> Response:
    """Answer ``DELETE …/faults``: nothing goes wrong on purpose any more."""
    call.party.state.faults.clear()
    return empty_answer()
