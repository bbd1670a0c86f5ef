"""Bodies of any shape: answered, never broken by."""

from typing import Any

import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fakes.hubspot.world import World

C, P = "/crm/v3/objects/contacts", "/crm/v3/properties/contacts"
G = f"{P}/groups"
OPTION = {"label": "Oui", "value": "true", "hidden": False, "displayOrder": 0}
DEFINITION = {
    "groupName": "contactinformation",
    "name": "sms",
    "label": "SMS",
    "type": "enumeration",
    "fieldType": "select",
    "options": [OPTION],
}
FILTER = {"propertyName": "city", "operator": "IN", "values": ["lyon"], "value": "x"}
LINK = {
    "to": {"id": "1"},
    "types": [{"associationCategory": "HUBSPOT_DEFINED", "associationTypeId": 1}],
}
INPUT = {
    "id": "a@x.fr",
    "idProperty": "email",
    "properties": {"city": "Nice"},
    "objectWriteTraceId": "1",
}
BODIES: list[tuple[str, str, dict[str, Any]]] = [
    ("POST", C, {"properties": {"email": "b@x.fr", "phone": "06"}, "associations": [LINK]}),
    ("PATCH", f"{C}/1", {"properties": {"city": "Lyon"}}),
    ("POST", f"{C}/batch/read", {"inputs": [{"id": "1"}], "properties": ["email"], "propertiesWithHistory": ["email"], "idProperty": "email"}),
    ("POST", f"{C}/batch/create", {"inputs": [{"properties": {"email": "c@x.fr"}, "associations": [LINK]}]}),
    ("POST", f"{C}/batch/update", {"inputs": [INPUT]}),
    ("POST", f"{C}/batch/upsert", {"inputs": [INPUT]}),
    ("POST", f"{C}/batch/archive", {"inputs": [{"id": "1"}]}),
    ("POST", f"{C}/search", {"filterGroups": [{"filters": [FILTER]}], "query": "a", "sorts": [{"propertyName": "city", "direction": "DESCENDING"}], "properties": ["email"], "limit": 10, "after": "0"}),
    ("POST", f"{C}/merge", {"primaryObjectId": "1", "objectIdToMerge": "2"}),
    ("POST", f"{C}/gdpr-delete", {"objectId": "1", "idProperty": "email"}),
    ("POST", P, DEFINITION),
    ("PATCH", f"{P}/kept", {**DEFINITION, "displayOrder": 1, "hidden": False}),
    ("POST", f"{P}/batch/create", {"inputs": [DEFINITION]}),
    ("POST", f"{P}/batch/read", {"inputs": [{"name": "kept"}], "archived": False}),
    ("POST", f"{P}/batch/archive", {"inputs": [{"name": "kept"}]}),
    ("POST", G, {"name": "g", "label": "G", "displayOrder": 2}),
    ("PATCH", f"{G}/contactinformation", {"label": "G", "displayOrder": 2}),
]  # fmt: skip
JUNK: st.SearchStrategy[object] = st.sampled_from(
    [None, 0, -1, 1.5, 1e300, True, "", "x", "²", "9" * 5000, "NaN", [], {}, [None], [[]], {"a": 1}]
)
"""Values of the wrong kind."""


def places(value: object, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    inner: list[tuple[str | int, Any]] = []
    if isinstance(value, dict):
        inner = list(value.items())
    elif isinstance(value, list):
        inner = list(enumerate(value))
    return [path, *(place for key, one in inner for place in places(one, (*path, key)))]


def spoiled(value: Any, path: tuple[str | int, ...], junk: object) -> Any:
    if not path:
        return junk
    copied: Any = value.copy()
    copied[path[0]] = spoiled(value[path[0]], path[1:], junk)
    return copied


@pytest.mark.parametrize(("method", "path", "body"), BODIES, ids=lambda value: str(value)[:60])
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(which=st.integers(min_value=0, max_value=999), junk=JUNK)
async def test_a_body_of_the_wrong_shape_is_answered(
    installed: World, method: str, path: str, body: dict[str, Any], which: int, junk: Any
) -> None:
    await installed.api.post(P, json={**DEFINITION, "name": "kept"})
    # Drawn beforehand: an ``async def`` test cannot draw while it runs.
    found = places(body)
    bad = spoiled(body, found[which % len(found)], junk)
    answer = await installed.api.request(
        method, path, content=orjson.dumps(bad), headers={"content-type": "application/json"}
    )
    assert answer.status_code < 500
    if answer.status_code >= 400:
        assert answer.json()["status"] == "error"
