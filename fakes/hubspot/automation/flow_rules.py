"""Whether a workflow holds together: its form, its trigger, and where its actions lead."""

from collections.abc import Iterator, Mapping
from typing import Any

from fakes.hubspot.automation.filters import BRANCH, refuse_unknown
from fakes.hubspot.automation.forms import (
    ANYTHING,
    FLAG,
    LOOSE,
    NUMBER,
    TEXT,
    ByName,
    Form,
    refuse_misshapen,
)
from fakes.hubspot.errors import invalid, missing_fields

CRITERIA = frozenset(("LIST_BASED", "EVENT_BASED", "MANUAL", "DATASET"))
"""The kinds of trigger. Source: HubSpot developer docs, Workflows v4 (spec)."""

BRANCHING = frozenset(("LIST_BRANCH", "STATIC_BRANCH", "AB_TEST_BRANCH"))
"""The types of action that choose a way. Source: HubSpot developer docs, Workflows v4 (spec)."""

_CONNECTION: Form = {"edgeType": TEXT, "nextActionId": LOOSE}
_TIME: Form = {"hour": NUMBER, "minute": NUMBER}
_ACTION: Form = {
    "type": TEXT,
    "actionId": LOOSE,
    "actionTypeId": TEXT,
    "actionTypeVersion": NUMBER,
    "fields": ByName(ANYTHING),
    "connection": _CONNECTION,
    "listBranches": [{"branchName": TEXT, "filterBranch": BRANCH, "connection": _CONNECTION}],
    "staticBranches": [{"branchValue": LOOSE, "connection": _CONNECTION}],
    "testBranches": [{"connection": _CONNECTION}],
    "defaultBranch": _CONNECTION,
    "defaultBranchName": TEXT,
    "inputValue": ANYTHING,
}
_CRITERIA: Form = {
    "type": TEXT,
    "shouldReEnroll": FLAG,
    "unEnrollObjectsNotMeetingCriteria": FLAG,
    "listFilterBranch": BRANCH,
    "reEnrollmentTriggersFilterBranches": [BRANCH],
    "eventFilterBranches": [BRANCH],
    "listMembershipFilterBranches": [BRANCH],
    "refinementCriteria": BRANCH,
}
FORM: Form = {
    "name": TEXT,
    "isEnabled": FLAG,
    "flowType": TEXT,
    "type": TEXT,
    "objectTypeId": TEXT,
    "revisionId": LOOSE,
    "uuid": LOOSE,
    "startActionId": LOOSE,
    "nextAvailableActionId": LOOSE,
    "actions": [_ACTION],
    "enrollmentCriteria": _CRITERIA,
    "goalFilterBranch": BRANCH,
    "suppressionFilterBranch": BRANCH,
    "timeWindows": [{"day": TEXT, "startTime": _TIME, "endTime": _TIME}],
    "blockedDates": [{"dayOfMonth": NUMBER, "month": LOOSE, "year": NUMBER}],
    "customProperties": ByName(ANYTHING),
    "dataSources": [ByName(ANYTHING)],
    "suppressionListIds": [LOOSE],
    "unEnrollmentSetting": {"type": TEXT, "flowIds": [LOOSE]},
    "canEnrollFromSalesforce": FLAG,
}
"""What a workflow looks like. Source: HubSpot developer docs, Workflows v4 (spec)."""


def refuse_flawed(body: Mapping[str, Any]) -> None:
    """Refuse a workflow that does not hold together.

    Assumed: the sentences.

    Raises:
        RefusedError: A part is of another kind, unknown, or leads to what is not there.
    """
    refuse_misshapen(body, FORM)
    criteria = body.get("enrollmentCriteria") or {"type": "MANUAL"}
    if criteria.get("type") not in CRITERIA:
        raise invalid(f"The enrollmentCriteria type '{criteria.get('type')}' is unknown.")
    for branch in _filter_branches(body, criteria):
        refuse_unknown(branch)
    _refuse_stray_actions(body)


def targets_of(action: Mapping[str, Any]) -> Iterator[str]:
    """Return the actions that may follow ``action``."""
    ways = [action, *_ways(action), {"connection": action.get("defaultBranch")}]
    for way in ways:
        target = (way.get("connection") or {}).get("nextActionId")
        if target is not None:
            yield str(target)


def _ways(action: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for name in ("listBranches", "staticBranches", "testBranches"):
        yield from action.get(name) or ()


def _filter_branches(
    body: Mapping[str, Any], criteria: Mapping[str, Any]
) -> Iterator[Mapping[str, Any]]:
    yield criteria.get("listFilterBranch") or {}
    yield criteria.get("refinementCriteria") or {}
    yield body.get("goalFilterBranch") or {}
    yield body.get("suppressionFilterBranch") or {}
    for name in (
        "reEnrollmentTriggersFilterBranches",
        "eventFilterBranches",
        "listMembershipFilterBranches",
    ):
        yield from criteria.get(name) or ()
    for action in body.get("actions") or ():
        for way in action.get("listBranches") or ():
            yield way.get("filterBranch") or {}


def _refuse_stray_actions(body: Mapping[str, Any]) -> None:
    actions = body.get("actions") or ()
    for action in actions:
        if missing := [name for name in ("actionId", "type") if action.get(name) is None]:
            raise missing_fields(missing)
    ids = [str(action["actionId"]) for action in actions]
    if len(ids) != len(set(ids)):
        raise invalid("Two actions of a flow cannot have the same actionId.")
    start = body.get("startActionId")
    named = [] if start is None else [str(start)]
    for target in [*named, *(target for action in actions for target in targets_of(action))]:
        if target not in ids:
            raise invalid(f"No action of the flow has the actionId '{target}'.")
