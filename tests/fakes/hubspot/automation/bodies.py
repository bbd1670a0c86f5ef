"""Workflows as JSON, for the tests of what they do."""

from typing import Any

SINGLE = "SINGLE_CONNECTION"


def action(number: str, kind: str, to: str | None = None, **fields: Any) -> dict[str, Any]:
    """Return an action that leads to another, or nowhere."""
    made: dict[str, Any] = {
        "type": SINGLE,
        "actionId": number,
        "actionTypeId": kind,
        "actionTypeVersion": 0,
        "fields": fields,
    }
    return {**made, "connection": leads_to(to)} if to else made


def leads_to(number: str) -> dict[str, str]:
    return {"edgeType": "STANDARD", "nextActionId": number}


def delay(number: str, minutes: int, to: str | None = None) -> dict[str, Any]:
    return action(number, "0-1", to, delta=str(minutes), time_unit="MINUTES")


def writes(number: str, name: str, value: Any, to: str | None = None) -> dict[str, Any]:
    return action(number, "0-5", to, property_name=name, value=value)


def asks(name: str, operator: str, kind: str = "ENUMERATION", **rest: Any) -> dict[str, Any]:
    """Return a filter on a property."""
    operation = {"operationType": kind, "operator": operator, **rest}
    return {"filterType": "PROPERTY", "property": name, "operation": operation}


def is_any_of(name: str, *values: str) -> dict[str, Any]:
    return asks(name, "IS_ANY_OF", values=list(values), includeObjectsWithNoValueSet=False)


def branch(*filters: dict[str, Any]) -> dict[str, Any]:
    """Return filters that must all be met."""
    return {"filterBranchType": "AND", "filterBranchOperator": "AND", "filters": list(filters)}


def any_of(*branches: dict[str, Any]) -> dict[str, Any]:
    """Return branches of which one must be met."""
    return {
        "filterBranchType": "OR",
        "filterBranchOperator": "OR",
        "filters": [],
        "filterBranches": list(branches),
    }


def trigger(root: dict[str, Any], **rest: Any) -> dict[str, Any]:
    return {"type": "LIST_BASED", "listFilterBranch": root, **rest}


def done(event: str, *filters: dict[str, Any]) -> dict[str, Any]:
    """Return the branch of an event."""
    return {
        "filterBranchType": "UNIFIED_EVENTS",
        "filterBranchOperator": "AND",
        "eventTypeId": event,
        "operator": "HAS_COMPLETED",
        "filters": list(filters),
        "filterBranches": [],
    }


def flow(*actions: dict[str, Any], **rest: Any) -> dict[str, Any]:
    """Return a flow that is turned on and begins with the first action."""
    start = {"startActionId": actions[0]["actionId"]} if actions else {}
    return {"name": "Salons", "isEnabled": True, "actions": list(actions), **start, **rest}


def every_kind_of_flow(definition: str) -> dict[str, Any]:
    """Return a flow that uses all that there is."""
    choices = {
        "type": "LIST_BRANCH",
        "actionId": "2",
        "listBranches": [
            {
                "branchName": "Lyon",
                "filterBranch": any_of(branch(is_any_of("city", "Lyon"))),
                "connection": leads_to("3"),
            }
        ],
        "defaultBranchName": "ailleurs",
        "defaultBranch": leads_to("4"),
    }
    values = {
        "type": "STATIC_BRANCH",
        "actionId": "3",
        "inputValue": {"type": "OBJECT_PROPERTY", "propertyName": "city"},
        "staticBranches": [{"branchValue": "Lyon", "connection": leads_to("4")}],
        "defaultBranch": leads_to("4"),
    }
    lots = {
        "type": "AB_TEST_BRANCH",
        "actionId": "4",
        "testBranches": [{"connection": leads_to("5")}, {"connection": leads_to("6")}],
    }
    days = {"days": -30}
    recent = {"timeType": "INDEXED", "indexReference": {"referenceType": "TODAY"}, "offset": days}
    known = branch(
        is_any_of("city", "Lyon", "Nice"),
        asks("createdate", "IS_AFTER", "TIME_POINT", timePoint=recent),
        asks("phone", "HAS_EVER_CONTAINED", "MULTISTRING", values=["06"]),
    )
    return flow(
        delay("1", 60, to="2"),
        choices,
        values,
        lots,
        writes("5", "firstname", {"type": "STATIC_VALUE", "staticValue": "Grace"}, to="6"),
        action("6", "0-13", "7", listId="101", action="ADD"),
        action("7", "0-35", "action", date={"staticValue": "2026-12-01"}),
        action("action", f"1-{definition}", texte="Bonjour {{ enrolled_object.firstname }}"),
        enrollmentCriteria=trigger(
            any_of(known),
            shouldReEnroll=True,
            unEnrollObjectsNotMeetingCriteria=True,
            reEnrollmentTriggersFilterBranches=[branch(asks("city", "IS_KNOWN", "ALL_PROPERTY"))],
        ),
        goalFilterBranch=any_of(branch({"filterType": "IN_LIST", "listId": "7"})),
        suppressionListIds=[8],
        unEnrollmentSetting={"type": "SELECTIVE", "flowIds": ["1"]},
        timeWindows=[
            {
                "day": "MONDAY",
                "startTime": {"hour": 9, "minute": 0},
                "endTime": {"hour": 18, "minute": 30},
            }
        ],
        blockedDates=[{"dayOfMonth": 25, "month": "DECEMBER", "year": 2026}],
    )
