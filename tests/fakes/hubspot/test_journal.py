"""The journal: what it keeps, in which order, and what it says of unknown routes."""

from tests.fakes.hubspot.world import CONTROL, World


async def test_an_unknown_route_is_a_404_page_and_names_the_nearest_in_the_journal(
    world: World,
) -> None:
    answer = await world.api.get("/crm/v3/object/contacts")
    assert (answer.status_code, answer.headers["content-type"][:9]) == (404, "text/html")
    [event] = world.events("route.unknown")
    assert event["nearest"] == "GET /crm/v3/objects/contacts"


async def test_an_unknown_control_route_says_which_is_nearest(world: World) -> None:
    answer = await world.api.get(f"{CONTROL}/journals")
    assert answer.status_code == 404
    refusal = answer.json()
    assert refusal["status"] == "error"
    assert f"the nearest is GET {CONTROL}/journal." in refusal["message"]
    wrong = await world.api.delete(f"{CONTROL}/journal")
    assert wrong.status_code == 405
    assert wrong.json()["message"] == f"{CONTROL}/journal does not take DELETE: use GET."
    assert wrong.headers["allow"] == "GET"


async def test_the_journal_is_read_by_kind_and_from_where_one_was(world: World) -> None:
    await world.api.get("/crm/v3/object/contacts")
    await world.api.get("/crm/v3/objects/deals")
    where, kind = f"{CONTROL}/journal", {"kind": "route."}
    first, second = (await world.api.get(where, params=kind)).json()["results"]
    assert (first["kind"], first["nearest"]) == ("route.unknown", "GET /crm/v3/objects/contacts")
    later = await world.api.get(where, params={**kind, "after": first["seq"]})
    assert later.json()["results"] == [second]
    newest = await world.api.get(where, params={**kind, "limit": 1, "order": "newest-first"})
    after = str(second["seq"])
    assert newest.json() == {"results": [second], "paging": {"next": {"after": after}}}
    refused = await world.api.get(where, params={"since": 1})
    assert refused.status_code == 400
    assert "after, kind, limit, order" in refused.json()["message"]


async def test_a_wrong_method_is_a_405(world: World) -> None:
    answer = await world.api.put("/crm/v3/objects/contacts")
    assert answer.status_code == 405
    assert "POST" in answer.headers["allow"]


async def test_the_journal_links_an_enrolment_to_its_execution(installed: World) -> None:
    await installed.publish_flow(await installed.define_action())
    contact = await installed.contact(firstname="Ada", city="Lyon")
    await installed.clock.run_due()
    [enrolled] = installed.events("contact.enrolled")
    [attempted] = installed.events("action.attempted")
    assert enrolled["contactId"] == attempted["contactId"] == int(contact)
    assert enrolled["enrollmentId"] == attempted["enrollmentId"]
    assert attempted["callbackId"] == installed.backend.bodies()[0]["callbackId"]
    assert [e["appId"] for e in installed.events("app.installed")] == [installed.app.id]


async def test_two_runs_of_one_seed_write_the_same_journal() -> None:
    digests = set()
    for _ in range(2):
        async with World(seed=11) as world:
            await world.install()
            await world.publish_flow(await world.define_action())
            await world.contact(firstname="Ada", city="Lyon")
            await world.clock.run_due()
            digests.add(world.journal.digest())
    assert len(digests) == 1
