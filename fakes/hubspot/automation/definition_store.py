"""The actions that an app offers: making them, finding them, showing them."""

from collections.abc import Mapping
from typing import Any

from fakes.hubspot.answering import HubCall
from fakes.hubspot.automation.definition_rules import refuse_flawed
from fakes.hubspot.automation.records import Definition, Revision
from fakes.hubspot.crm.values import text_of
from fakes.hubspot.errors import not_found
from fakes.hubspot.hub import Hub
from fakes.hubspot.shapes import number_of
from fakes.hubspot.state import App
from fakes.hubspot.times import epoch_ms, iso

DEFINITIONS = ("/automation/v4/actions/{appId}", "/automation/actions/2026-03/{appId}")
"""Where definitions are, in each edition."""

FIRST_DEFINITION_ID = 259_000_001
"""Where the numbers of definitions begin."""

_EMPTY: dict[str, Any] = {"outputFields": [], "executionRules": [], "inputFieldDependencies": []}
_KNOWN = frozenset(
    (
        "actionUrl", "executionRules", "inputFieldDependencies", "inputFields", "labels",
        "objectRequestOptions", "objectTypes", "outputFields", "published",
    )
)  # fmt: skip


def create(hub: Hub, app: App, body: Mapping[str, Any]) -> Definition:
    """Return a new action of ``app``.

    Raises:
        RefusedError: It does not hold together.
    """
    refuse_flawed(body)
    made = Definition(
        id=hub.ids.count("definition", FIRST_DEFINITION_ID),
        app_id=app.id,
        revisions=[_revision_of(hub, body, _EMPTY)],
        functions={
            (text_of(one.get("functionType")), text_of(one.get("id")) or None): text_of(
                one.get("functionSource")
            )
            for one in body.get("functions") or ()
        },
    )
    app.definitions[made.id] = made
    hub.event("action.defined", appId=app.id, definitionId=made.id)
    return made


def revise(hub: Hub, definition: Definition, changes: Mapping[str, Any]) -> None:
    """Add a revision to an action; its functions are changed apart.

    Raises:
        RefusedError: It would not hold together.
    """
    changed = {**definition.body, **changes}
    refuse_flawed(changed)
    definition.revisions.append(_revision_of(hub, changed, {}))


def named(call: HubCall, app: App) -> Definition:
    """Return the action of ``app`` that the path names.

    Raises:
        RefusedError: There is none.
    """
    text = call.params["definitionId"]
    found = app.definitions.get(number_of(text) or 0)
    if found is None or found.archived_at is not None:
        raise not_found(f"No custom action of the app {app.id} has the id {text}")
    return found


def shown(definition: Definition, number: int | None = None) -> dict[str, Any]:
    """Return an action as the API shows it, now or at one of its revisions, from 1."""
    version = number or definition.version
    body = {
        "id": str(definition.id),
        "revisionId": str(version),
        **definition.revisions[version - 1].body,
        "functions": identifiers(definition),
    }
    if definition.archived_at is not None:
        body["archivedAt"] = epoch_ms(definition.archived_at)
    return body


def shown_revision(definition: Definition, number: int) -> dict[str, Any]:
    """Return one revision, from 1, as the API shows it."""
    return {
        "id": str(number),
        "revisionId": str(number),
        "createdAt": iso(definition.revisions[number - 1].at),
        "definition": shown(definition, number),
    }


def identifiers(definition: Definition) -> list[dict[str, str]]:
    """Return which functions an action has."""
    return [
        {"functionType": kind, **({} if name is None else {"id": name})}
        for kind, name in definition.functions
    ]


def _revision_of(hub: Hub, body: Mapping[str, Any], empty: Mapping[str, Any]) -> Revision:
    known = {name: value for name, value in body.items() if name in _KNOWN and value is not None}
    return Revision(body={**empty, **known}, at=hub.now())
