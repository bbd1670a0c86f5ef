"""The routes of contacts, properties and lists."""

from typing import Any

from tests.fakes.hubspot.bodies import triggered_by
from tests.fakes.hubspot.touring.traveller import Traveller

LYON = triggered_by("city", "Lyon")["listFilterBranch"]


async def contacts(by: Traveller, root: str) -> None:
    mail = f"{root[1:].replace('/', '.')}@x.fr"
    made = await by.go("POST", root, {"properties": {"email": mail, "city": "Lyon"}})
    one = f"{root}/{made.json()['id']}"
    await by.go("PATCH", one, {"properties": {"city": "Nice"}})
    await by.go("GET", one, params={"propertiesWithHistory": "city"})
    await by.go("GET", root, params={"limit": "1"})
    inputs: list[Any] = [{"properties": {"email": f"{n}{mail}"}} for n in range(3)]
    many = await by.go("POST", f"{root}/batch/create", {"inputs": inputs})
    ids = [{"id": one["id"]} for one in many.json()["results"]]
    change = {"properties": {"city": "Nice"}}
    fresh = {**change, "id": f"new{mail}", "idProperty": "email"}
    for verb, inputs in (
        ("read", [ids[0], {"id": "999"}]),
        ("update", [{**ids[0], **change}, {"id": "999", **change}]),
        ("upsert", [fresh]),
    ):
        asked = {"properties": ["city"], "propertiesWithHistory": []} if verb == "read" else {}
        await by.go("POST", f"{root}/batch/{verb}", {"inputs": inputs, **asked})
    await by.go("POST", f"{root}/search", {"query": mail, "limit": 1})
    merged = {"primaryObjectId": ids[0]["id"], "objectIdToMerge": ids[1]["id"]}
    await by.go("POST", f"{root}/merge", merged)
    await by.go("POST", f"{root}/batch/archive", {"inputs": ids[2:]})
    await by.go("POST", f"{root}/gdpr-delete", {"objectId": made.json()["id"]})
    last = await by.world.contact(email=f"last{mail}")
    await by.go("DELETE", f"{root}/{last}")


async def properties(by: Traveller, root: str) -> None:
    group, name = {"name": "sms", "label": "SMS"}, "score"
    await by.go("POST", f"{root}/groups", group)
    await by.go("PATCH", f"{root}/groups/sms", {"label": "Textos"})
    await by.go("GET", f"{root}/groups/sms")
    await by.go("GET", f"{root}/groups")
    body = {"name": name, "label": "S", "groupName": "sms", "type": "number"}
    body["fieldType"] = "number"
    await by.go("POST", root, body)
    await by.go("PATCH", f"{root}/{name}", {"label": "Score"})
    await by.go("GET", f"{root}/{name}")
    await by.go("GET", root)
    await by.go("DELETE", f"{root}/{name}")
    many = [{**body, "name": "rank"}, {**body, "name": "Rank of"}]
    await by.go("POST", f"{root}/batch/create", {"inputs": many})
    named = {"inputs": [{"name": "rank"}, {"name": "nothing"}], "archived": False}
    await by.go("POST", f"{root}/batch/read", named)
    await by.go("POST", f"{root}/batch/archive", {"inputs": [{"name": "rank"}]})
    await by.go("DELETE", f"{root}/groups/sms")


async def lists(by: Traveller, root: str) -> None:
    first, second = [await by.world.contact(firstname=name) for name in ("Ada", "Grace")]
    body = {"name": root, "objectTypeId": "0-1", "processingType": "MANUAL"}
    one = f"{root}/{(await by.whole('POST', root, body)).json()['list']['listId']}"
    await by.whole("GET", one)
    await by.whole("PUT", f"{one}/memberships/add", [first, "1"])
    change = {"recordIdsToAdd": [second], "recordIdsToRemove": []}
    await by.whole("PUT", f"{one}/memberships/add-and-remove", change)
    await by.whole("GET", f"{one}/memberships", params={"limit": "1"})
    await by.whole("GET", f"{root}/records/0-1/{first}/memberships")
    await by.whole("PUT", f"{one}/memberships/remove", [first])
    await by.whole("DELETE", f"{one}/memberships")
    await by.whole("PUT", f"{one}/update-list-name", params={"listName": "Renamed"})
    await by.whole("GET", f"{root}/object-type-id/0-1/name/Renamed")
    await by.whole("GET", root, params={"listIds": one.rpartition("/")[2]})
    await by.whole("POST", f"{root}/search", {"query": "re"})
    await by.whole("DELETE", one)
    await by.whole("PUT", f"{one}/restore")
    body = {**body, "processingType": "DYNAMIC", "filterBranch": LYON}
    made = (await by.whole("POST", root, {**body, "name": "Active"})).json()["list"]
    filters = f"{root}/{made['listId']}/update-list-filters"
    await by.whole("PUT", filters, {"filterBranch": LYON})
    await by.whole("DELETE", f"{root}/{made['listId']}")
    await by.whole("DELETE", one)
