"""Apps saying that a blocked execution is over."""

from typing import Any

from starlette.responses import Response

from fakes.hubspot.access import Caller, account
from fakes.hubspot.answering import NO_JSON, HubCall, routes
from fakes.hubspot.automation import custom
from fakes.hubspot.automation.actions import passage_of
from fakes.hubspot.automation.editor import complete_test
from fakes.hubspot.automation.flows import SCOPE
from fakes.hubspot.automation.forms import ByName, refuse_misshapen
from fakes.hubspot.automation.records import Enrollment
from fakes.hubspot.automation.steps import Step
from fakes.hubspot.bodies import as_object, inputs_of, read_object
from fakes.hubspot.choices import Unwelcome
from fakes.hubspot.errors import not_found
from fakes.hubspot.hub import Hub
from fakes.hubspot.shapes import text_in
from fakes.kit.answers import empty_answer
from fakes.kit.facts import Certainty, Fact

_SPEC = Fact(Certainty.SPEC, "HubSpot developer docs, Custom workflow actions")


async def complete_one(call: HubCall) -> Response:
    """Answer ``POST …/callbacks/{callbackId}/complete``."""
    caller = account(call, SCOPE)
    outputs = _outputs(await read_object(call))
    test = caller.portal.tests.get(call.params["callbackId"])
    if test is not None and test.app_id == caller.token.app_id:
        complete_test(test, outputs)
        return empty_answer()
    _complete(call.party, caller, [(call.params["callbackId"], outputs)])
    return empty_answer()


async def complete_many(call: HubCall) -> Response:
    """Answer ``POST …/callbacks/complete``: all of them, or none when one is unknown."""
    caller = account(call, SCOPE)
    inputs = inputs_of(await read_object(call))
    _complete(
        call.party, caller, [(text_in(item, "callbackId"), _outputs(item)) for item in inputs]
    )
    return empty_answer()


def _complete(hub: Hub, caller: Caller, told: list[tuple[str, dict[str, Any]]]) -> None:
    """Complete executions; when one is unknown, none is, unless the settings ignore it."""
    found = [(_named(hub, caller, callback_id), outputs) for callback_id, outputs in told]
    for execution, outputs in found:
        if execution is not None:
            enrollment, step = execution
            custom.complete(passage_of(hub, caller.portal, enrollment), step, outputs)


def _named(hub: Hub, caller: Caller, callback_id: str) -> tuple[Enrollment, Step] | None:
    found = caller.portal.executions.get(callback_id)
    waits = found is not None and found[1].app_id == caller.token.app_id
    if waits or hub.settings.late_completion is Unwelcome.IGNORED:
        return found if waits else None
    raise not_found(f"No execution waits for the callback {callback_id}")


def _outputs(body: dict[str, Any]) -> dict[str, Any]:
    outputs = as_object(as_object(body, "outputFields")["outputFields"])
    refuse_misshapen(outputs, ByName(None))
    return outputs


ROUTES = routes(
    ("/automation/v4/actions/callbacks", "/automation/actions/callbacks/2026-03"),
    ("POST", "/complete", complete_many, _SPEC, NO_JSON),
    ("POST", "/{callbackId}/complete", complete_one, _SPEC, NO_JSON),
)
