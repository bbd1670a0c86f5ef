"""Contacts: writing, reading, paging, and what is refused."""

import orjson
import pytest
from httpx import AsyncClient

from tests.fakes.hubspot.world import World

V3 = "/crm/v3/objects/contacts"
DATED = "/crm/objects/2026-03/contacts"


@pytest.mark.parametrize(
    "root", [V3, DATED, "/crm/objects/2026-09/contacts", "/crm/v3/objects/0-1"]
)
async def test_a_contact_is_created_read_changed_and_deleted_on_each_edition(
    api: AsyncClient, root: str
) -> None:
    made = await api.post(root, json={"properties": {"email": "Ada@X.fr", "lastname": "L"}})
    assert made.status_code == 201
    address = f"{root}/{made.json()['id']}"
    assert made.headers["location"].endswith(address)
    changed = await api.patch(address, json={"properties": {"lastname": "Lovelace"}})
    assert changed.json()["properties"]["lastname"] == "Lovelace"
    assert (await api.delete(address)).status_code == 204
    assert (await api.get(address)).status_code == 404
    assert (await api.get(address, params={"archived": "true"})).json()["archived"] is True


async def test_ids_do_not_fit_in_32_bits(installed: World) -> None:
    assert int(await installed.contact(email="a@x.fr")) > 2**31
    assert installed.portal.id < 2**31


async def test_a_write_answers_with_every_value_and_the_computed_ones(installed: World) -> None:
    made = await installed.api.post(
        V3, json={"properties": {"email": "A@X.fr", "phone": "06 12 34 56 78"}}
    )
    properties = made.json()["properties"]
    assert properties["email"] == "a@x.fr"
    assert properties["hs_email_domain"] == "x.fr"
    assert properties["lifecyclestage"] == "lead"
    assert properties["hs_marketable_status"] == "false"
    assert properties["hs_calculated_phone_number"] == "+33612345678"
    assert properties["hs_searchable_calculated_phone_number"] == "612345678"


async def test_the_contacts_country_reads_its_national_numbers(installed: World) -> None:
    made = await installed.api.post(
        V3, json={"properties": {"firstname": "B", "country": "Belgique", "phone": "0470123456"}}
    )
    assert made.json()["properties"]["hs_calculated_phone_number"] == "+32470123456"


async def test_a_read_gives_the_default_properties(installed: World) -> None:
    contact = await installed.contact(email="a@x.fr", phone="0612345678")
    shown = (await installed.api.get(f"{V3}/{contact}")).json()["properties"]
    assert list(shown) == [
        "createdate",
        "email",
        "firstname",
        "hs_object_id",
        "lastmodifieddate",
        "lastname",
    ]


async def test_an_asked_property_is_null_when_empty_and_left_out_when_undefined(
    installed: World,
) -> None:
    contact = await installed.contact(email="a@x.fr")
    answer = await installed.api.get(f"{V3}/{contact}", params={"properties": "phone,nothing"})
    shown = answer.json()["properties"]
    assert shown["phone"] is None
    assert "nothing" not in shown
    assert "hs_object_id" in shown


async def test_a_contact_is_found_by_its_email_whatever_the_case(installed: World) -> None:
    contact = await installed.contact(email="ada@x.fr")
    answer = await installed.api.get(f"{V3}/ADA@x.fr", params={"idProperty": "email"})
    assert answer.json()["id"] == contact


async def test_history_is_newest_first_and_tells_who_wrote(installed: World) -> None:
    contact = await installed.contact(email="a@x.fr", city="Lyon")
    await installed.api.patch(f"{V3}/{contact}", json={"properties": {"city": "Nice"}})
    answer = await installed.api.get(f"{V3}/{contact}", params={"propertiesWithHistory": "city"})
    versions = answer.json()["propertiesWithHistory"]["city"]
    assert [version["value"] for version in versions] == ["Nice", "Lyon"]
    assert versions[0]["sourceType"] == "INTEGRATION"
    assert versions[0]["sourceId"] == str(installed.app.id)


async def test_an_empty_value_clears(installed: World) -> None:
    contact = await installed.contact(email="a@x.fr", city="Lyon")
    answer = await installed.api.patch(f"{V3}/{contact}", json={"properties": {"city": ""}})
    assert "city" not in answer.json()["properties"]


async def test_a_second_contact_with_the_same_email_is_a_conflict_that_names_the_first(
    installed: World,
) -> None:
    contact = await installed.contact(email="a@x.fr")
    answer = await installed.api.post(V3, json={"properties": {"email": "A@x.FR"}})
    assert answer.status_code == 409
    assert answer.json()["message"] == f"Contact already exists. Existing ID: {contact}"


async def test_an_additional_email_that_becomes_the_first_is_additional_no_more(
    installed: World,
) -> None:
    ids = [await installed.contact(email=email) for email in ("a@x.fr", "b@x.fr")]
    body = {"primaryObjectId": ids[0], "objectIdToMerge": ids[1]}
    merged = (await installed.api.post(f"{V3}/merge", json=body)).json()
    assert merged["properties"]["hs_additional_emails"] == "b@x.fr"
    for email in ("b@x.fr", "c@x.fr"):
        change = {"properties": {"email": email}}
        held = (await installed.api.patch(f"{V3}/{merged['id']}", json=change)).json()
        assert held["properties"]["email"] == email
        assert "hs_additional_emails" not in held["properties"]
    assert await installed.contact(email="b@x.fr") != merged["id"]


async def test_a_deleted_contact_can_still_be_erased(installed: World) -> None:
    contact = await installed.contact(email="a@x.fr")
    address = f"{V3}/{contact}"
    await installed.api.delete(address)
    assert (await installed.api.get(address, params={"archived": "true"})).status_code == 200
    await installed.api.post(f"{V3}/gdpr-delete", json={"objectId": contact})
    assert (await installed.api.get(address, params={"archived": "true"})).status_code == 404
    assert len(installed.events("contact.archived")) == 1


async def test_a_deleted_contacts_email_is_free_again(installed: World) -> None:
    contact = await installed.contact(email="a@x.fr")
    await installed.api.delete(f"{V3}/{contact}")
    assert await installed.contact(email="a@x.fr") != contact


@pytest.mark.parametrize(
    ("properties", "code"),
    [
        ({"nothing": "x"}, "PROPERTY_DOESNT_EXIST"),
        ({"email": "not an email"}, "INVALID_EMAIL"),
        ({"lifecyclestage": "friend"}, "INVALID_OPTION"),
        ({"hs_marketable_status": "true"}, "READ_ONLY_VALUE"),
        ({"hs_calculated_phone_number": "+33"}, "READ_ONLY_VALUE"),
    ],
)
async def test_each_wrong_value_has_its_code(
    api: AsyncClient, properties: dict[str, str], code: str
) -> None:
    answer = await api.post(V3, json={"properties": {"firstname": "A", **properties}})
    assert answer.status_code == 400
    assert answer.json()["category"] == "VALIDATION_ERROR"
    assert answer.json()["errors"][0]["code"] == code
    listed = orjson.loads(answer.json()["message"].removeprefix("Property values were not valid: "))
    assert listed[0]["error"] == code


async def test_all_wrong_values_come_in_one_answer(api: AsyncClient) -> None:
    answer = await api.post(V3, json={"properties": {"nothing": "x", "email": "x"}})
    assert len(answer.json()["errors"]) == 2


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("GET", "/12", None, 404),
        ("GET", "/abc", None, 404),
        ("POST", "", b"{", 400),
        ("POST", "", b"{}", 400),
        ("POST", "", b'{"properties":{}}', 400),
        ("POST", "/batch/read", b'{"inputs":[]}', 400),
        ("POST", "/search", b'{"limit":201}', 400),
        ("GET", "?limit=101", None, 400),
        ("GET", "?limit=51&propertiesWithHistory=city", None, 400),
    ],
)
async def test_wrong_calls_are_refused_in_the_envelope(
    api: AsyncClient, method: str, path: str, body: bytes | None, status: int
) -> None:
    headers = {"content-type": "application/json"}
    answer = await api.request(method, f"{V3}{path}", content=body, headers=headers)
    assert answer.status_code == status
    assert {"status", "message", "correlationId"} <= set(answer.json())


async def test_another_content_type_is_a_415(api: AsyncClient) -> None:
    assert (
        await api.post(V3, content=b"x=1", headers={"content-type": "text/plain"})
    ).status_code == 415


async def test_pages_follow_each_other_by_the_next_contacts_id(installed: World) -> None:
    made = [await installed.contact(email=f"a{n}@x.fr") for n in range(5)]
    seen: list[str] = []
    params = {"limit": "2"}
    while True:
        page = (await installed.api.get(V3, params=params)).json()
        seen += [contact["id"] for contact in page["results"]]
        if "paging" not in page:
            break
        params["after"] = page["paging"]["next"]["after"]
    assert seen == made
