"""Lists over HTTP, and owners."""

import pytest
from httpx import AsyncClient

from tests.fakes.hubspot.world import World

LIST = {"name": "Liste noire", "objectTypeId": "0-1", "processingType": "MANUAL"}


@pytest.fixture
def crm(installed: World) -> AsyncClient:
    installed.api.headers.update(installed.private())
    return installed.api


@pytest.mark.parametrize("root", ["/crm/v3/lists", "/crm/lists/2026-03"])
async def test_a_list_is_made_filled_read_and_emptied(
    installed: World, crm: AsyncClient, root: str
) -> None:
    ada, bob = [await installed.contact(email=email) for email in ("a@x.fr", "b@x.fr")]
    made = (await crm.post(root, json=LIST)).json()["list"]
    address = f"{root}/{made['listId']}"
    added = await crm.put(f"{address}/memberships/add", json=[ada, bob, "999"])
    assert added.json()["recordsIdsAdded"] == [ada, bob]
    assert added.json()["recordIdsMissing"] == ["999"]
    swap = {"recordIdsToAdd": [], "recordIdsToRemove": [ada]}
    await crm.put(f"{address}/memberships/add-and-remove", json=swap)
    members = (await crm.get(f"{address}/memberships")).json()
    assert [member["recordId"] for member in members["results"]] == [bob]
    of_bob = (await crm.get(f"{root}/records/0-1/{bob}/memberships")).json()
    assert of_bob["results"][0]["listId"] == made["listId"]
    assert (await crm.delete(f"{address}/memberships")).status_code == 204
    assert (await crm.get(address)).json()["list"]["size"] == 0


async def test_a_list_is_found_by_name_renamed_deleted_and_restored(crm: AsyncClient) -> None:
    root = "/crm/v3/lists"
    number = (await crm.post(root, json=LIST)).json()["list"]["listId"]
    by_name = await crm.get(f"{root}/object-type-id/0-1/name/Liste noire")
    assert by_name.json()["list"]["listId"] == number
    assert (await crm.post(root, json=LIST)).status_code == 400
    renamed = await crm.put(f"{root}/{number}/update-list-name", params={"listName": "STOP"})
    assert renamed.json()["updatedList"]["name"] == "STOP"
    assert (await crm.post(f"{root}/search", json={"query": "sto"})).json()["total"] == 1
    await crm.delete(f"{root}/{number}")
    assert (await crm.get(f"{root}/{number}")).status_code == 404
    await crm.put(f"{root}/{number}/restore")
    assert (await crm.get(root, params={"listIds": number})).json()["lists"][0]["name"] == "STOP"


async def test_the_people_of_an_account_are_its_owners(crm: AsyncClient) -> None:
    [owner] = (await crm.get("/crm/v3/owners")).json()["results"]
    assert (await crm.get(f"/crm/v3/owners/{owner['id']}")).json() == owner
    assert (await crm.get("/crm/v3/owners/1")).status_code == 404
