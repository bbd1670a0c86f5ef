"""Batches of contacts: done one by one, or whole or not at all."""

from httpx import AsyncClient

from tests.fakes.hubspot.world import World

V3 = "/crm/v3/objects/contacts"


async def test_a_batch_read_lists_the_unknown(installed: World) -> None:
    contact = await installed.contact(email="a@x.fr")
    answer = await installed.api.post(
        f"{V3}/batch/read",
        json={"inputs": [{"id": contact}, {"id": "999"}], "properties": ["email"]},
    )
    assert answer.status_code == 207
    assert [found["id"] for found in answer.json()["results"]] == [contact]
    assert answer.json()["errors"][0]["context"]["ids"] == ["999"]


async def test_a_batch_reads_the_deleted_when_asked(installed: World) -> None:
    contact, living = [await installed.contact(email=email) for email in ("a@x.fr", "b@x.fr")]
    await installed.api.delete(f"{V3}/{contact}")
    body = {"inputs": [{"id": contact}, {"id": living}], "properties": ["email"]}
    answer = await installed.api.post(f"{V3}/batch/read", json=body, params={"archived": "true"})
    [found] = answer.json()["results"]
    assert (found["id"], found["archived"]) == (contact, True)
    assert answer.json()["errors"][0]["context"]["ids"] == [living]


async def test_a_batch_create_with_traces_fails_one_by_one(api: AsyncClient) -> None:
    inputs = [
        {"objectWriteTraceId": "1", "properties": {"email": "a@x.fr"}},
        {"objectWriteTraceId": "2", "properties": {"email": "nope"}},
    ]
    answer = await api.post(f"{V3}/batch/create", json={"inputs": inputs})
    assert answer.status_code == 207
    assert answer.json()["errors"][0]["context"]["objectWriteTraceId"] == ["2"]
    assert answer.json()["results"][0]["objectWriteTraceId"] == "1"


async def test_a_batch_create_without_traces_fails_as_a_whole(installed: World) -> None:
    inputs = [{"properties": {"email": "a@x.fr"}}, {"properties": {"email": "nope"}}]
    answer = await installed.api.post(f"{V3}/batch/create", json={"inputs": inputs})
    assert answer.status_code == 400
    assert installed.portal.contacts == {}


async def test_a_batch_upsert_tells_which_are_new(installed: World) -> None:
    await installed.contact(email="a@x.fr")
    inputs = [
        {"id": email, "idProperty": "email", "properties": {"city": "Lyon"}}
        for email in ("a@x.fr", "b@x.fr")
    ]
    answer = await installed.api.post(f"{V3}/batch/upsert", json={"inputs": inputs})
    assert [result["new"] for result in answer.json()["results"]] == [False, True]


async def test_an_upsert_by_email_is_done_whole_or_not_at_all(installed: World) -> None:
    contact = await installed.contact(email="a@x.fr")
    inputs = [
        {"id": "b@x.fr", "idProperty": "email", "properties": {"city": "Lyon"}},
        {
            "id": "a@x.fr",
            "idProperty": "email",
            "properties": {"lifecyclestage": "friend"},
            "objectWriteTraceId": "1",
        },
    ]
    answer = await installed.api.post(f"{V3}/batch/upsert", json={"inputs": inputs})
    assert answer.status_code == 400
    assert list(installed.portal.contacts) == [int(contact)]


async def test_a_batch_that_gives_one_email_to_two_contacts_does_nothing(
    installed: World,
) -> None:
    contacts = [await installed.contact(firstname=name) for name in ("a", "b")]
    inputs = [{"id": one, "properties": {"email": "x@x.fr"}} for one in contacts]
    answer = await installed.api.post(f"{V3}/batch/update", json={"inputs": inputs})
    assert answer.status_code == 400
    shown = (await installed.api.get(V3)).json()["results"]
    assert [one["properties"]["email"] for one in shown] == [None, None]
