"""What a workflow makes of an action's answer, and when it tries again."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import httpx
import orjson

from fakes.hubspot.automation.durations import read_duration
from fakes.hubspot.automation.forms import ByName, refuse_misshapen
from fakes.hubspot.automation.steps import StepState
from fakes.hubspot.choices import RetryAfterUnit, TakenFor
from fakes.hubspot.crm.values import text_of
from fakes.hubspot.errors import RefusedError
from fakes.hubspot.settings import Settings
from fakes.hubspot.shapes import number_of
from fakes.kit.outbound import Outcome

STATES: Mapping[str | None, StepState] = {
    None: StepState.SUCCEEDED,
    "SUCCESS": StepState.SUCCEEDED,
    "FAIL_CONTINUE": StepState.FAILED,
    "BLOCK": StepState.BLOCKED,
    "ASYNC": StepState.BLOCKED,
}
"""What ``hs_execution_state`` does.

Source: HubSpot developer docs, Custom workflow actions (docs); ``ASYNC`` like ``BLOCK``: assumed.
"""

_MILLISECONDS_FROM = 1000
_LONGEST_GAP = 10 * 365 * 86_400


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What becomes of a step after an answer.

    Args:
        state: Where it goes.
        message: What the history says, when no rule of the app's does.
        outputs: What the action answered.
        wait: How long a block lasts, or the gap that the answer asked for.
    """

    state: StepState
    message: str = ""
    outputs: Mapping[str, Any] = field(default_factory=dict)
    wait: timedelta | None = None


def judge(outcome: Outcome, settings: Settings) -> Verdict:
    """Return what a workflow makes of ``outcome``.

    Source: HubSpot developer docs, Custom workflow actions (docs). Assumed: a redirect is not
    followed and fails like a 4xx.
    """
    status = outcome.status
    if status is None:
        return Verdict(state=StepState.RETRYING, message=f"No answer: {outcome.detail}")
    outputs = _outputs(outcome.body)
    if outcome.succeeded and outputs is None and settings.action_without_json is TakenFor.FAILURE:
        return Verdict(state=StepState.FAILED, message="The action's answer is not JSON")
    outputs = outputs or {}
    if outcome.succeeded:
        return _success(outputs, settings)
    said = f"The action answered HTTP {status}"
    if status == httpx.codes.TOO_MANY_REQUESTS:
        gap, how = _retry_after(outcome, settings.retry_after_unit)
        message = f"{said}{how}"
        return Verdict(state=StepState.RETRYING, message=message, outputs=outputs, wait=gap)
    if httpx.codes.is_server_error(status):
        return Verdict(state=StepState.RETRYING, message=said, outputs=outputs)
    return Verdict(state=StepState.FAILED, message=said, outputs=outputs)


def settled(outputs: Mapping[str, Any]) -> Verdict:
    """Return what becomes of a blocked step when the app completes it with ``outputs``."""
    failed = outputs.get("hs_execution_state") == "FAIL_CONTINUE"
    return Verdict(state=StepState.FAILED if failed else StepState.SUCCEEDED, outputs=outputs)


def gap_after(failures: int, settings: Settings) -> timedelta:
    """Return how long to wait after so many ``failures`` (from 1) before the next try.

    Source: HubSpot developer docs, workflow webhooks: from a minute, growing, at most 8 hours
    (docs). Assumed: the gaps double, custom actions follow the same table, and being turned
    away with 429 is no failure: both are counted apart.
    """
    doubled: timedelta = settings.action_retry_first * 2 ** min(failures - 1, 30)
    return min(doubled, settings.action_retry_cap)


def _success(outputs: Mapping[str, Any], settings: Settings) -> Verdict:
    given = outputs.get("hs_execution_state")
    named = None if given is None else text_of(given)
    state = STATES.get(named)
    if state is StepState.BLOCKED:
        asked = read_duration(text_of(outputs.get("hs_expiration_duration")))
        return Verdict(state=state, outputs=outputs, wait=asked or settings.action_wait)
    if state is not None:
        return Verdict(state=state, outputs=outputs)
    taken = settings.action_unknown_state
    state = StepState.SUCCEEDED if taken is TakenFor.SUCCESS else StepState.FAILED
    warning = f"Unknown hs_execution_state '{named}', taken for {taken}"
    return Verdict(state=state, message=warning, outputs=outputs)


def _outputs(body: bytes) -> dict[str, Any] | None:
    """Return the answer's outputs; ``None`` when there is an answer and it is not JSON."""
    if not body:
        return {}
    try:
        read = orjson.loads(body)
    except orjson.JSONDecodeError:
        return None
    found = read.get("outputFields") if isinstance(read, dict) else None
    try:
        refuse_misshapen(found, ByName(None))
    except RefusedError:
        return {}
    return found or {}


def _retry_after(outcome: Outcome, unit: RetryAfterUnit) -> tuple[timedelta | None, str]:
    """Return the gap that an answer asks for, if it does, and in which unit that was read."""
    text = outcome.headers.get("retry-after", "") if outcome.headers is not None else ""
    number = number_of(text)
    if number is None:
        return None, ""
    guessed_ms = unit is RetryAfterUnit.GUESS and number >= _MILLISECONDS_FROM
    is_ms = guessed_ms or unit is RetryAfterUnit.MILLISECONDS
    read = RetryAfterUnit.MILLISECONDS if is_ms else RetryAfterUnit.SECONDS
    gap = timedelta(seconds=min(number / 1000 if is_ms else number, _LONGEST_GAP))
    return gap, f"; its Retry-After of {number} was read as {read}"
