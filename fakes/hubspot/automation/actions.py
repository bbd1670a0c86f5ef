"""Which action type is run by what."""

from collections.abc import Mapping

from fakes.hubspot.automation import branching, builtin, custom
from fakes.hubspot.automation.passage import Passage, Run
from fakes.hubspot.automation.records import Enrollment
from fakes.hubspot.hub import Hub
from fakes.hubspot.state import Portal

RUNS: Mapping[str, Run] = {
    "0-1": builtin.delay,
    "0-35": builtin.delay_until,
    "0-5": builtin.set_property,
    "0-13": builtin.change_list,
    "0-31": builtin.change_marketing,
    "LIST_BRANCH": branching.by_filters,
    "STATIC_BRANCH": branching.by_value,
    "AB_TEST_BRANCH": branching.by_lot,
}
"""HubSpot's own actions. Source: HubSpot developer docs, Workflows v4 (docs)."""


def run_of(action_type: str) -> Run:
    """Return what runs actions of ``action_type``."""
    if action_type.startswith(custom.PREFIX):
        return custom.run
    return RUNS.get(action_type, builtin.skip)


def passage_of(hub: Hub, portal: Portal, enrollment: Enrollment) -> Passage:
    """Return what moves an enrolment along."""
    return Passage(hub, portal, portal.flows[enrollment.flow_id], enrollment, run_of)
