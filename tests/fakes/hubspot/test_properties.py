"""Properties and their groups."""

from typing import Any

import pytest
from httpx import AsyncClient

from tests.fakes.hubspot.bodies import triggered_by
from tests.fakes.hubspot.world import World

V3 = "/crm/v3/properties/contacts"
DATED = "/crm/properties/2026-03/contacts"
OPTIONS = [
    {"label": "Oui", "value": "true", "hidden": False},
    {"label": "Non", "value": "false", "hidden": False},
]
CONSENT = {
    "groupName": "contactinformation",
    "name": "smsmode_consent",
    "label": "Consentement SMS via smsmode",
    "type": "enumeration",
    "fieldType": "booleancheckbox",
    "options": OPTIONS,
}


@pytest.mark.parametrize("root", [V3, "/crm/v3/properties/0-1", DATED])
async def test_a_property_is_defined_and_read_on_each_path(api: AsyncClient, root: str) -> None:
    assert (await api.post(root, json=CONSENT)).status_code == 201
    read = (await api.get(f"{root}/smsmode_consent")).json()
    assert read["label"] == "Consentement SMS via smsmode"
    assert read["modificationMetadata"]["archivable"] is True
    assert read["hubspotDefined"] is False


async def test_a_second_one_of_the_same_name_is_a_409_and_changes_nothing(
    api: AsyncClient,
) -> None:
    await api.post(V3, json=CONSENT)
    answer = await api.post(V3, json={**CONSENT, "label": "Autre"})
    assert answer.status_code == 409
    assert answer.json()["subCategory"] == "Properties.PROPERTY_WITH_NAME_EXISTS"
    assert (await api.get(f"{V3}/smsmode_consent")).json()["label"] == CONSENT["label"]


async def test_a_deleted_one_comes_back_by_its_name(installed: World) -> None:
    api = installed.api
    made = (await api.post(V3, json=CONSENT)).json()
    assert (await api.delete(f"{V3}/smsmode_consent")).status_code == 204
    assert (await api.get(f"{V3}/smsmode_consent")).status_code == 404
    restored = await api.post(V3, json=CONSENT)
    assert restored.status_code == 201
    assert restored.json()["createdAt"] == made["createdAt"]


async def test_a_change_of_options_replaces_the_list(api: AsyncClient) -> None:
    choices = {**CONSENT, "fieldType": "select"}
    await api.post(V3, json=choices)
    await api.patch(f"{V3}/smsmode_consent", json={"label": "Autre"})
    assert len((await api.get(f"{V3}/smsmode_consent")).json()["options"]) == 2
    only = [{"label": "Peut-être", "value": "maybe", "hidden": False}]
    changed = await api.patch(f"{V3}/smsmode_consent", json={"options": only})
    assert [option["value"] for option in changed.json()["options"]] == ["maybe"]


@pytest.mark.parametrize(
    "changed",
    [
        {"name": "Sms Consent"},
        {"groupName": "nowhere"},
        {"type": "string"},
        {"options": []},
        {"options": [{**option, "value": option["label"]} for option in OPTIONS]},
        {"options": [{"label": "Oui", "value": "true"}, {"label": "Non", "value": "false"}]},
        {"label": None},
    ],
)
async def test_a_definition_that_does_not_hold_is_refused(
    api: AsyncClient, changed: dict[str, object]
) -> None:
    answer = await api.post(V3, json={**CONSENT, **changed})
    assert answer.status_code == 400
    assert answer.json()["category"] == "VALIDATION_ERROR"


def setting(name: str) -> dict[str, Any]:
    fields = {"property_name": name, "value": {"staticValue": "x"}}
    return {"type": "SINGLE_CONNECTION", "actionId": "1", "actionTypeId": "0-5", "fields": fields}


def saying(text: str) -> dict[str, Any]:
    return {**setting("city"), "fields": {"property_name": "city", "value": text}}


@pytest.mark.parametrize(
    "changed",
    [
        {"enrollmentCriteria": triggered_by("salon", "true")},
        {"enrollmentCriteria": triggered_by("salon", "true"), "isEnabled": False},
        {"actions": [setting("salon")]},
        {"actions": [saying("At {{ enrolled_object.salon }}")]},
    ],
)
async def test_a_property_that_a_workflow_uses_cannot_be_deleted(
    installed: World, changed: dict[str, Any]
) -> None:
    await installed.api.post(V3, json={**CONSENT, "name": "salon"})
    await installed.publish_flow(await installed.define_action(), **changed)
    answer = await installed.api.delete(f"{V3}/salon")
    assert answer.status_code == 400
    told = answer.json()
    assert told["message"] == (
        "Property: salon of object type 0-1 is currently used in 1 places and cannot be deleted"
    )
    assert told["subCategory"] == "PropertyValidationError.CANNOT_DELETE_PROPERTY_IN_USE"
    [error] = told["errors"]
    assert error["context"] == {"parentType": ["WORKFLOW"], "parentName": ["Salons"]}


async def test_a_property_that_a_list_looks_at_cannot_be_deleted(installed: World) -> None:
    installed.api.headers.update(installed.private())
    await installed.api.post(V3, json={**CONSENT, "name": "salon"})
    branch = triggered_by("salon", "true")["listFilterBranch"]
    body = {"name": "L", "objectTypeId": "0-1", "processingType": "DYNAMIC", "filterBranch": branch}
    made = (await installed.api.post("/crm/v3/lists", json=body)).json()["list"]
    assert (await installed.api.delete(f"{V3}/salon")).status_code == 400
    await installed.api.delete(f"/crm/v3/lists/{made['listId']}")
    assert (await installed.api.delete(f"{V3}/salon")).status_code == 204


async def test_only_the_properties_asked_are_listed(api: AsyncClient) -> None:
    asked = {"properties": "email,phone,nothing"}
    listed = (await api.get(V3, params=asked)).json()["results"]
    assert [one["name"] for one in listed] == ["email", "phone"]


async def test_hubspots_own_labels_follow_the_locale(api: AsyncClient) -> None:
    fr = (await api.get(f"{V3}/firstname", params={"locale": "fr"})).json()
    en = (await api.get(f"{V3}/firstname")).json()
    assert (fr["label"], en["label"]) == ("Prénom", "First Name")
    group = (await api.get(f"{V3}/groups/contactinformation", params={"locale": "fr"})).json()
    assert group["label"] == "Informations sur le contact"


async def test_hubspots_own_properties_cannot_be_deleted(api: AsyncClient) -> None:
    assert (await api.delete(f"{V3}/email")).status_code == 400


async def test_a_group_with_properties_cannot_be_deleted(api: AsyncClient) -> None:
    assert (await api.post(f"{V3}/groups", json={"name": "sms", "label": "SMS"})).status_code == 201
    await api.post(V3, json={**CONSENT, "groupName": "sms"})
    refused = await api.delete(f"{V3}/groups/sms")
    assert "GROUP_WITH_ACTIVE_PROPERTIES" in refused.json()["message"]
    await api.delete(f"{V3}/smsmode_consent")
    assert (await api.delete(f"{V3}/groups/sms")).status_code == 204


async def test_one_accounts_properties_are_not_anothers(installed: World) -> None:
    await installed.api.post(V3, json=CONSENT)
    other = installed.hubspot.add_portal(name="Autre")
    token = installed.hubspot.add_private_token(other.id)
    answer = await installed.api.get(
        f"{V3}/smsmode_consent", headers={"Authorization": f"Bearer {token}"}
    )
    assert answer.status_code == 404
