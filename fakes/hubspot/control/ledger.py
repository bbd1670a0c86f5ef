"""Control routes of the fidelity ledger."""

from enum import StrEnum

from starlette.responses import Response

from fakes.hubspot.answering import CONTROL, HubCall
from fakes.hubspot.behaviours import BEHAVIOURS
from fakes.hubspot.control.settings import settings_json
from fakes.kit.answers import json_answer, page_answer
from fakes.kit.fidelity import Line, ledger
from fakes.kit.fidelity_page import ledger_page


def hubspot_ledger() -> tuple[Line, ...]:
    """Return the ledger of the fake HubSpot."""
    from fakes.hubspot.app import TABLE  # noqa: PLC0415 - the table holds this very route

    return ledger(TABLE.routes, BEHAVIOURS, ours=CONTROL)


async def show_ledger(call: HubCall) -> Response:  # noqa: ARG001 - the same for every fake
    """Answer ``GET …/ledger``."""
    return json_answer({"results": [line.as_json() for line in hubspot_ledger()]})


async def show_page(call: HubCall) -> Response:
    """Answer ``GET …/ledger/page``: with the settings as they are, and what else they may be."""
    settings = call.party.settings
    present = {
        name: f"{value}{_others(value)}" if isinstance(value, StrEnum) else value
        for name, value in settings_json(settings).items()
    }
    return page_answer(ledger_page(call, "HubSpot", hubspot_ledger(), present))


def _others(value: StrEnum) -> str:
    return f" ({', '.join(one for one in type(value) if one is not value)})"
