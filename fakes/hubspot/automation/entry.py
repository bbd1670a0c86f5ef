"""Who may enter a workflow, who must not, and who has to leave it."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from fakes.hubspot.automation.filters import (
    EVENTS,
    Branch,
    meets,
    occurs,
    only_known,
    operator_of,
    topic_of_event,
    topics_of,
)
from fakes.hubspot.automation.records import Flow, Occurrence
from fakes.hubspot.automation.seen import Seen, SeenEvent


def trigger(flow: Flow) -> Branch:
    """Return the filters that a contact must meet to enter; empty for a flow of another kind."""
    is_list_based = flow.criteria.get("type") == "LIST_BASED"
    return (flow.criteria.get("listFilterBranch") or {}) if is_list_based else {}


def retriggers(flow: Flow) -> list[Branch]:
    """Return the triggers that bring a contact in again; none when nothing does.

    Assumed: a flow that re-enrols and names no triggers for it re-enrols on each of its first
    ones.
    """
    if not flow.criteria.get("shouldReEnroll"):
        return []
    named = flow.criteria.get("reEnrollmentTriggersFilterBranches")
    return list(named) if named else list(_alternatives(trigger(flow)))


def topics(flow: Flow) -> frozenset[str]:
    """Return what a flow's entry and exits look at."""
    looked = [*conditions(flow), *_event_branches(flow)]
    lists = frozenset(f"list:{number}" for number in flow.body.get("suppressionListIds") or ())
    return lists.union(*(topics_of(branch) for branch in looked))


def conditions(flow: Flow) -> list[Branch]:
    """Return the filters that decide at any moment who enters a flow and who leaves it."""
    return [trigger(flow), goal(flow), suppression(flow), *retriggers(flow)]


def goal(flow: Flow) -> Branch:
    """Return the filters of contacts that have got where the flow leads."""
    return flow.body.get("goalFilterBranch") or {}


def suppression(flow: Flow) -> Branch:
    """Return the filters of contacts that the flow is not for."""
    return flow.body.get("suppressionFilterBranch") or {}


def enters(flow: Flow, now: Seen, before: Seen, changed: Collection[str]) -> bool:
    """Return whether a change brings a contact into a flow that lists start.

    The first time, it comes to meet the trigger; again, it comes to meet one of the triggers for
    that, and meets the first ones still.
    Source: HubSpot knowledge base, re-enrolment (docs).

    Args:
        flow: The flow; the contact is not in it.
        now: The contact as it is.
        before: The contact as it was.
        changed: The topics in which the two differ.
    """
    if not meets(trigger(flow), now):
        return False
    if now.contact.id not in flow.ever and not meets(trigger(flow), before):
        return True
    return any(_fires(branch, now, before, changed) for branch in retriggers(flow))


def enters_by(flow: Flow, now: Seen, event: Occurrence) -> bool:
    """Return whether an event brings a contact into a flow that events start.

    Source: HubSpot developer docs, Workflows v4 (docs). Assumed: the branches on lists and the
    refinement must all be met at that moment.
    """
    if now.contact.id in flow.ever and not flow.criteria.get("shouldReEnroll"):
        return False
    done = any(
        topic_of_event(branch) == event.topic and occurs(branch, SeenEvent(event, now))
        for branch in _event_branches(flow)
    )
    return done and all(meets(branch, now) for branch in _refinements(flow))


def barred(flow: Flow, now: Seen) -> str | None:
    """Return why a contact can neither enter nor stay, or ``None``.

    Source: HubSpot knowledge base, unenrolment (docs).
    """
    if any(now.is_member(str(number)) for number in flow.body.get("suppressionListIds") or ()):
        return "the contact is on a suppression list"
    if meets(suppression(flow), now):
        return "the contact meets the suppression filters"
    if meets(goal(flow), now):
        return "the contact met the goal"
    return None


def leaves(flow: Flow, now: Seen, before: Seen) -> str | None:
    """Return why a contact inside has to leave after a change, or ``None``.

    Assumed: one that was enrolled by hand without meeting the trigger stays until it has met it
    and ceases to.
    """
    if (reason := barred(flow, now)) is not None:
        return reason
    if not flow.criteria.get("unEnrollObjectsNotMeetingCriteria"):
        return None
    ceased = meets(trigger(flow), before) and not meets(trigger(flow), now)
    return "the contact no longer meets the enrolment criteria" if ceased else None


def _fires(branch: Branch, now: Seen, before: Seen, changed: Collection[str]) -> bool:
    if not meets(branch, now):
        return False
    return not meets(branch, before) or not only_known(branch).isdisjoint(changed)


def _alternatives(branch: Branch) -> Iterable[Branch]:
    if operator_of(branch) != "OR" or branch.get("filterBranchType") == EVENTS:
        return [branch] if branch else []
    alone = ({"filters": [one]} for one in branch.get("filters") or ())
    return [*alone, *(branch.get("filterBranches") or ())]


def _event_branches(flow: Flow) -> list[Mapping[str, Any]]:
    is_event_based = flow.criteria.get("type") == "EVENT_BASED"
    return list(flow.criteria.get("eventFilterBranches") or ()) if is_event_based else []


def _refinements(flow: Flow) -> Iterator[Branch]:
    yield from flow.criteria.get("listMembershipFilterBranches") or ()
    if refinement := flow.criteria.get("refinementCriteria"):
        yield refinement
