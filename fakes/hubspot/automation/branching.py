"""The actions that choose a way: by filters, by a value, and by lot."""

from collections.abc import Mapping
from typing import Any

from fakes.hubspot.automation.filters import meets
from fakes.hubspot.automation.inputs import resolve
from fakes.hubspot.automation.passage import Passage, target_of
from fakes.hubspot.automation.seen import seen
from fakes.hubspot.automation.steps import Step, StepState


async def by_filters(passage: Passage, step: Step, action: Mapping[str, Any]) -> None:
    """Take the first branch whose filters the contact meets, or the default one.

    Source: HubSpot developer docs, Workflows v4 (spec).
    """
    now = seen(passage.hub, passage.portal, passage.contact)
    for way in action.get("listBranches") or ():
        if meets(way.get("filterBranch") or {}, now):
            _take(passage, step, way, str(way.get("branchName") or ""))
            return
    _take_default(passage, step, action)


async def by_value(passage: Passage, step: Step, action: Mapping[str, Any]) -> None:
    """Take the branch of the value that the input has, or the default one.

    Source: HubSpot developer docs, Workflows v4 (spec).
    """
    value = resolve(action.get("inputValue"), passage.contact, passage.enrollment)
    for way in action.get("staticBranches") or ():
        if str(way.get("branchValue")) == value:
            _take(passage, step, way, value)
            return
    _take_default(passage, step, action)


async def by_lot(passage: Passage, step: Step, action: Mapping[str, Any]) -> None:
    """Take one of the branches, each as likely as the others.

    Source: HubSpot developer docs, Workflows v4 (spec). Assumed: equal shares.
    """
    ways = action.get("testBranches") or ()
    if not ways:
        passage.finish_towards(step, StepState.SUCCEEDED, None)
        return
    number = passage.hub.ids.random.randrange(len(ways))
    _take(passage, step, ways[number], f"branch {number + 1} of {len(ways)}")


def _take(passage: Passage, step: Step, way: Mapping[str, Any], name: str) -> None:
    target = target_of(way.get("connection"))
    passage.finish_towards(step, StepState.SUCCEEDED, target, f"Took the branch {name}")


def _take_default(passage: Passage, step: Step, action: Mapping[str, Any]) -> None:
    name = str(action.get("defaultBranchName") or "by default")
    target = target_of(action.get("defaultBranch"))
    passage.finish_towards(step, StepState.SUCCEEDED, target, f"Took the branch {name}")
