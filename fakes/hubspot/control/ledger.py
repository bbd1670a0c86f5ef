"""Control routes of the fidelity ledger."""

from starlette.responses import Response

from fakes.hubspot.answering import CONTROL, HubCall
from fakes.hubspot.behaviours import BEHAVIOURS
from fakes.kit.answers import json_answer, page_answer
from fakes.kit.fidelity import Line, ledger, ledger_page


def hubspot_ledger() -> tuple[Line, ...]:
    """Return the ledger of the fake HubSpot."""
    from fakes.hubspot.app import TABLE  # noqa: PLC0415 - the table holds this very route

    return ledger(TABLE.routes, BEHAVIOURS, ours=CONTROL)


async def show_ledger(call: HubCall) -> Response:  # noqa: ARG001 - the same for every fake
    """Answer ``GET …/ledger``."""
    return json_answer({"results": [line.as_json() for line in hubspot_ledger()]})


async def show_page(call: HubCall) -> Response:  # noqa: ARG001 - the same for every fake
    """Answer ``GET …/ledger/page``."""
    return page_answer(ledger_page("Fidelity of the fake HubSpot", hubspot_ledger()))
