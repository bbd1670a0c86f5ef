"""Control routes of the fidelity ledger."""

from starlette.responses import Response

from fakes.kit.answers import json_answer, page_answer
from fakes.kit.call import Call
from fakes.kit.fidelity import Line, ledger
from fakes.kit.fidelity_page import ledger_page, typed
from fakes.smsmode.behaviours import BEHAVIOURS
from fakes.smsmode.control import PREFIX, control_route
from fakes.smsmode.party import Party
from fakes.smsmode.settings_json import allowed_values, as_json


def smsmode_ledger() -> tuple[Line, ...]:
    """Return the ledger of the fake smsmode."""
    from fakes.smsmode.table import TABLE  # noqa: PLC0415 - the table holds this very route

    return ledger(TABLE.routes, BEHAVIOURS, ours=PREFIX)


async def _show(_: Call[Party]) -> Response:
    return json_answer({"ledger": [line.as_json() for line in smsmode_ledger()]})


async def _show_page(call: Call[Party]) -> Response:
    allowed = allowed_values()
    present = {
        name: f"{typed(value)} ({allowed[name]})"
        for name, value in as_json(call.party.settings).items()
    }
    return page_answer(ledger_page(call, "smsmode", smsmode_ledger(), present))


LEDGER_CONTROL = (
    control_route("GET", "/fidelity", _show, "control#ledger"),
    control_route("GET", "/fidelity/page", _show_page),
)
"""The ledger as JSON, and as a page."""
