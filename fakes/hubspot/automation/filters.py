"""Whether a contact meets a tree of filters, and what that tree looks at."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Protocol

from fakes.hubspot.automation.forms import ANYTHING, LOOSE, TEXT, Again, ByName, Form
from fakes.hubspot.automation.moments import Operation
from fakes.hubspot.automation.operations import Holder, asked_of, holds, refuse_operation
from fakes.hubspot.errors import invalid

Branch = Mapping[str, Any]
"""Filters and further branches, joined by ``AND`` or ``OR``."""

_FILTER: Form = {
    "filterType": TEXT,
    "property": TEXT,
    "operation": ByName(ANYTHING),
    "listId": LOOSE,
    "operator": TEXT,
    "eventTypeId": LOOSE,
    "filterLines": [{"property": TEXT, "operation": ByName(ANYTHING)}],
}
BRANCH: Form = {
    "filterBranchType": TEXT,
    "filterBranchOperator": TEXT,
    "filters": [_FILTER],
    "filterBranches": [Again(lambda: BRANCH)],
    "eventTypeId": LOOSE,
    "operator": TEXT,
}
"""What a branch looks like. Source: HubSpot developer docs, Lists filters (spec)."""

EVENTS = "UNIFIED_EVENTS"
"""The branch that asks for something a contact has done."""


class Filtered(Holder, Protocol):
    """What filters ask of a contact beyond its properties."""

    def is_member(self, list_id: str) -> bool:
        """Return whether the contact is in a list."""
        ...

    def events(self, topic: str) -> Iterable[Holder]:
        """Return what the contact has done, or the events on its timeline, of one kind."""
        ...


def meets(branch: Branch, contact: Filtered) -> bool:
    """Return whether a contact meets ``branch``: its filters and branches, by its operator.

    A branch without anything is met by nobody.
    Source: HubSpot developer docs, Workflows v4 (spec); the grammar is that of lists.
    """
    if branch.get("filterBranchType") == EVENTS:
        done = any(occurs(branch, event) for event in contact.events(topic_of_event(branch)))
        return done is (branch.get("operator") != "HAS_NOT_COMPLETED")
    parts = [
        *(_filter_met(one, contact) for one in branch.get("filters") or ()),
        *(meets(inner, contact) for inner in branch.get("filterBranches") or ()),
    ]
    return bool(parts) and (any(parts) if operator_of(branch) == "OR" else all(parts))


def occurs(branch: Branch, event: Holder) -> bool:
    """Return whether an event of a branch's type is as its filters ask."""
    lines = branch.get("filters") or ()
    return all(holds(line["operation"], str(line["property"]), event) for line in lines)


def topics_of(branch: Branch) -> frozenset[str]:
    """Return what ``branch`` looks at: ``property:…``, ``list:…``, ``event:…``, ``template:…``."""
    return frozenset(_topics(branch))


def topic_of_event(branch: Branch) -> str:
    """Return the topic of the event type that a branch names."""
    return f"event:{branch.get('eventTypeId')}"


def measured(
    branch: Branch, contact: Filtered | None
) -> Iterator[tuple[Operation, str, Holder | None]]:
    """Yield each operation of ``branch``, the property that it asks about, and whose that is.

    Args:
        branch: The filters.
        contact: Who is measured, with all their events; ``None`` yields each operation once.
    """
    if branch.get("filterBranchType") == EVENTS:
        yield from _of_events(branch.get("filters") or (), topic_of_event(branch), contact)
        return
    for one in branch.get("filters") or ():
        match one["filterType"]:
            case "PROPERTY":
                yield one["operation"], str(one["property"]), contact
            case "INTEGRATION_EVENT":
                topic = f"template:{one['eventTypeId']}"
                yield from _of_events(one.get("filterLines") or (), topic, contact)
            case _:
                pass
    for inner in branch.get("filterBranches") or ():
        yield from measured(inner, contact)


def operator_of(branch: Branch) -> str:
    """Return ``AND`` or ``OR``: how the parts of a branch are joined."""
    return str(branch.get("filterBranchOperator") or branch.get("filterBranchType") or "AND")


def only_known(branch: Branch) -> frozenset[str]:
    """Return the topics of properties of which ``branch`` only asks that they be known.

    Such a filter is met anew by every change of value.
    Source: HubSpot knowledge base, re-enrolment (docs).
    """
    return frozenset(
        f"property:{one['property']}"
        for one in _filters(branch)
        if one.get("filterType") == "PROPERTY" and one["operation"]["operator"] == "IS_KNOWN"
    )


def refuse_unknown(branch: Branch) -> None:
    """Refuse a branch with a kind of filter or an operator that the fake does not read.

    Raises:
        RefusedError: It names what it has met.
    """
    kind = branch.get("filterBranchType")
    if kind not in (None, "AND", "OR", EVENTS):
        raise invalid(f"The filterBranchType '{kind}' is not supported.")
    for one in branch.get("filters") or ():
        if kind == EVENTS:
            _refuse_line(one)
        else:
            _refuse_filter(one)
    for inner in branch.get("filterBranches") or ():
        refuse_unknown(inner)


def _refuse_filter(one: Branch) -> None:
    match one.get("filterType"):
        case "PROPERTY":
            _refuse_line(one)
        case "IN_LIST" if one.get("listId") is not None:
            return
        case "INTEGRATION_EVENT" if one.get("eventTypeId") is not None:
            for line in one.get("filterLines") or ():
                _refuse_line(line)
        case other:
            raise invalid(f"The filterType '{other}' is not supported, or lacks a part.")


def _refuse_line(line: Branch) -> None:
    if line.get("property") is None:
        raise invalid("A filter on a property must name it.")
    refuse_operation(line.get("operation"))


def _of_events(
    lines: Iterable[Branch], topic: str, contact: Filtered | None
) -> Iterator[tuple[Operation, str, Holder | None]]:
    holders: Iterable[Holder | None] = (None,) if contact is None else list(contact.events(topic))
    for line in lines:
        for holder in holders:
            yield line["operation"], str(line["property"]), holder


def _filters(branch: Branch) -> Iterator[Branch]:
    yield from branch.get("filters") or ()
    for inner in branch.get("filterBranches") or ():
        yield from _filters(inner)


def _topics(branch: Branch) -> Iterator[str]:
    if branch.get("filterBranchType") == EVENTS:
        yield topic_of_event(branch)
        return
    for one in branch.get("filters") or ():
        match one["filterType"]:
            case "PROPERTY":
                yield f"property:{one['property']}"
                yield from (f"property:{name}" for name in asked_of(one["operation"]))
            case "IN_LIST":
                yield f"list:{one['listId']}"
            case _:
                yield f"template:{one['eventTypeId']}"
    for inner in branch.get("filterBranches") or ():
        yield from _topics(inner)


def _filter_met(one: Branch, contact: Filtered) -> bool:
    match one["filterType"]:
        case "PROPERTY":
            return holds(one["operation"], str(one["property"]), contact)
        case "IN_LIST":
            is_in = contact.is_member(str(one["listId"]))
            return is_in is (one.get("operator") != "NOT_IN_LIST")
        case _:
            lines = {"filters": one.get("filterLines") or ()}
            return any(occurs(lines, e) for e in contact.events(f"template:{one['eventTypeId']}"))
