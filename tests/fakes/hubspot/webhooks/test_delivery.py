"""What apps are told, when, and how often."""

from collections import Counter
from datetime import datetime, timedelta
from itertools import pairwise

import anyio
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fakes.hubspot.choices import WebhookOrder
from fakes.hubspot.settings import Settings
from fakes.hubspot.signing import sign_v1, sign_v3
from fakes.kit.scheduler import Job
from tests.fakes.hubspot.webhooks.listening import TARGET, call, listen, move, subscribe, told
from tests.fakes.hubspot.world import World

DAY = timedelta(days=1)


async def test_a_change_on_the_screen_is_told_as_hubspot_tells_it(listening: World) -> None:
    contact = await listening.contact(email="a@x.fr")
    await move(listening, contact, "Lyon")
    assert listening.backend.asked == []
    await listening.clock.run_due()
    [event] = told(listening)
    assert list(event) == [
        "eventId", "subscriptionId", "portalId", "appId", "occurredAt", "subscriptionType",
        "attemptNumber", "objectId", "propertyName", "propertyValue", "changeSource", "sourceId",
    ]  # fmt: skip
    assert event["objectId"] == int(contact)
    assert (event["propertyName"], event["propertyValue"]) == ("city", "Lyon")
    assert (event["changeSource"], event["sourceId"]) == ("CRM_UI", "userId:52500001")
    assert (event["subscriptionType"], event["attemptNumber"]) == ("contact.propertyChange", 0)


async def test_an_apps_own_write_comes_back_as_an_integrations(listening: World) -> None:
    await listening.contact(email="a@x.fr", city="Lyon")
    await listening.clock.run_due()
    [event] = told(listening)
    assert (event["changeSource"], event["sourceId"]) == ("INTEGRATION", str(listening.app.id))


async def test_requests_carry_the_v1_and_v3_signatures(listening: World) -> None:
    await listening.contact(email="a@x.fr", city="Lyon")
    await listening.clock.run_due()
    [(request, body)] = listening.backend.asked
    secret, sent = listening.app.client_secret, request.headers
    assert sent["x-hubspot-signature"] == sign_v1(secret, body)
    assert sent["x-hubspot-signature-version"] == "v1"
    stamp = int(sent["x-hubspot-request-timestamp"])
    assert sent["x-hubspot-signature-v3"] == sign_v3(secret, "POST", TARGET, body, stamp)
    assert sent["user-agent"].endswith("WebhooksExecutorDaemon-executor")


async def test_an_erasure_is_told_together_with_the_deletion(installed: World) -> None:
    await listen(installed)
    for kind in ("creation", "deletion", "privacyDeletion", "restore"):
        await subscribe(installed, f"contact.{kind}")
    contact = await installed.contact(email="a@x.fr")
    body = {"objectId": contact}
    answer = await installed.api.post("/crm/v3/objects/contacts/gdpr-delete", json=body)
    assert answer.status_code == 204
    await installed.clock.run_due()
    kinds = [(event["subscriptionType"], event["objectId"]) for event in told(installed)]
    assert sorted(kinds) == [
        ("contact.creation", int(contact)),
        ("contact.deletion", int(contact)),
        ("contact.privacyDeletion", int(contact)),
    ]


async def test_a_merge_names_both_contacts(installed: World) -> None:
    await listen(installed)
    await subscribe(installed, "contact.merge")
    one, other = await installed.contact(email="a@x.fr"), await installed.contact(email="b@x.fr")
    body = {"primaryObjectId": one, "objectIdToMerge": other}
    answer = await installed.api.post("/crm/v3/objects/contacts/merge", json=body)
    await installed.clock.run_due()
    [event] = told(installed)
    assert (event["primaryObjectId"], event["mergedObjectIds"]) == (int(one), [int(other)])
    assert event["newObjectId"] == int(answer.json()["id"])


async def test_only_active_subscriptions_of_installed_apps_are_told(listening: World) -> None:
    await subscribe(listening, "contact.creation", active=False)
    contact = await listening.contact(email="a@x.fr")
    await move(listening, contact, "Lyon")
    await listening.clock.run_due()
    assert len(told(listening)) == 1
    await move(listening, contact, "Nice")
    await listening.api.delete(
        f"/_control/hubspot/portals/{listening.portal.id}/connected-apps/{listening.app.id}"
    )
    await move(listening, contact, "Paris")
    await listening.clock.run_due()
    assert len(told(listening)) == 1


async def test_an_app_that_may_not_read_contacts_is_told_nothing(listening: World) -> None:
    install = listening.portal.installs[listening.app.id]
    install.scopes = tuple(one for one in install.scopes if not one.endswith("contacts.read"))
    await listening.contact(email="a@x.fr", city="Lyon")
    await listening.clock.run_due()
    assert told(listening) == []


async def test_a_request_has_a_hundred_events_at_most(listening: World) -> None:
    for number in range(150):
        fill(listening, number)
    await listening.clock.run_due()
    sizes = [len(batch) for batch in listening.backend.bodies()]
    assert (sizes, len({event["objectId"] for event in told(listening)})) == ([100, 50], 150)


@pytest.mark.parametrize("reply", [(500, b""), (404, b""), (302, b"")])
async def test_what_is_not_taken_is_sent_again_ten_times_within_a_day(
    listening: World, reply: tuple[int, bytes]
) -> None:
    listening.backend.replies = [reply] * 50
    await listening.contact(email="a@x.fr", city="Lyon")
    start = listening.clock.now()
    await listening.clock.advance(2 * DAY)
    stamps = [
        int(request.headers["x-hubspot-request-timestamp"]) / 1000
        for request, _ in listening.backend.asked
    ]
    assert [event["attemptNumber"] for event in told(listening)] == list(range(11))
    assert stamps[-1] - start.timestamp() <= DAY.total_seconds()
    assert len({later - sooner for sooner, later in pairwise(stamps)}) == 10
    assert len(listening.events("webhook.abandoned")) == 1


async def test_once_taken_it_is_not_sent_again(listening: World) -> None:
    listening.backend.replies = [(503, b""), (200, b"")]
    await listening.contact(email="a@x.fr", city="Lyon")
    await listening.clock.advance(2 * DAY)
    assert [event["attemptNumber"] for event in told(listening)] == [0, 1]


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 1000), cities=st.lists(st.sampled_from(("Lyon", "Nice")), max_size=12))
async def test_in_disorder_everything_is_told_at_least_once(seed: int, cities: list[str]) -> None:
    chaos = Settings(webhook_order=WebhookOrder.CHAOS)
    async with World(chaos, seed) as world:
        await world.install()
        await listen(world)
        await subscribe(world, "contact.propertyChange", "city")
        contact = await world.contact(email="a@x.fr", city="Paris")
        held, expected = "Paris", ["Paris"]
        for city in cities:
            await move(world, contact, city)
            expected += [city] if city != held else []
            held = city
        await world.clock.advance(2 * DAY)
        told_once = {event["eventId"]: event["propertyValue"] for event in told(world)}
        assert Counter(told_once.values()) == Counter(expected)


async def test_disorder_repeats_and_mixes(listening: World) -> None:
    await listening.api.patch("/_control/hubspot/settings", json={"webhook_order": "chaos"})
    contact = await listening.contact(email="a@x.fr")
    for number in range(40):
        await move(listening, contact, f"Lyon {number}")
    await listening.clock.advance(2 * DAY)
    ids = [event["eventId"] for event in told(listening)]
    values = [event["propertyValue"] for event in told(listening)]
    assert len(ids) > len(set(ids)) == 40
    assert list(dict.fromkeys(values)) != [f"Lyon {number}" for number in range(40)]


async def test_ten_requests_at_most_are_under_way_for_an_account(listening: World) -> None:
    under_way, most = 0, 0

    async def answer_slowly() -> None:
        nonlocal under_way, most
        under_way += 1
        most = max(most, under_way)
        await anyio.lowlevel.checkpoint()
        under_way -= 1

    listening.backend.on_call = answer_slowly
    for number in range(1500):
        fill(listening, number)
    await run_overlapping(listening)
    assert (most, len(told(listening))) == (10, 1500)


def fill(world: World, number: int) -> None:
    world.hubspot.add_contact(world.portal.id, {"firstname": str(number), "city": "Lyon"})


async def run_overlapping(world: World) -> None:
    """Run what is due as a live clock does: jobs of one moment side by side."""
    while world.clock.promised():
        jobs = [promise.job for _, _, promise in world.clock._heap if promise.job is not None]
        world.clock._heap.clear()
        async with anyio.create_task_group() as group:
            for job in jobs:
                group.start_soon(_awaited, job)


async def _awaited(job: Job) -> None:
    await job()


async def test_the_journal_names_who_was_told_of_whom(listening: World) -> None:
    contact = await listening.contact(email="a@x.fr", city="Lyon")
    await listening.clock.run_due()
    [attempted] = listening.events("webhook.attempted")
    assert (attempted["objectIds"], attempted["status"]) == ([int(contact)], 200)


async def test_an_event_happened_when_the_contact_changed(listening: World) -> None:
    listening.backend.replies = [(500, b"")]
    await listening.contact(email="a@x.fr", city="Lyon")
    changed = listening.clock.now()
    await listening.clock.advance(2 * DAY)
    moments = {event["occurredAt"] for event in told(listening)}
    assert moments == {int(changed.timestamp() * 1000)}
    assert datetime.fromtimestamp(moments.pop() / 1000, changed.tzinfo) == changed


async def test_without_an_address_nothing_is_told(installed: World) -> None:
    await subscribe(installed, "contact.creation")
    await installed.contact(email="a@x.fr")
    await installed.clock.run_due()
    assert installed.backend.asked == []
    assert (await call(installed, "GET", "/settings")).status_code == 404
