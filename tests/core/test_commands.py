"""The operator's commands, each against a core that runs in this process."""

import json
from argparse import Namespace

import pytest
from sqlalchemy import Connection

from core.commands.asking import (
    NotGivenUpError,
    OtherVaultKeyError,
    check,
    dismiss,
    invite,
    replay,
    rotate,
)
from core.domain.ids import PortalId
from core.stores import outgoing
from core.stores.outgoing import OutgoingKind
from core.variables import Secret
from tests.core.builders import MARKETING, PORTAL
from tests.core.harness import Harness
from tests.core.operating import NEW_KEY, core_of

LIST, EVERY = (Namespace(kind=None, item=None, all=every) for every in (False, True))


async def test_why_a_contact_got_no_sms_is_told_in_lines_or_as_json(linked: Harness) -> None:
    linked.hubspot.contacts["512"] = {"phone": "06 11 11"}
    asked = {"portal": PORTAL, "contact": 512, "language": "fr"}
    lines = (await check(core_of(linked), Namespace(**asked, json=False))).splitlines()
    assert lines[:5] == [
        "[trouble] Le numéro est-il bien saisi ?",
        "    Le numéro de téléphone du contact n'est pas valide : corrigez-le sur sa fiche.",
        "    Corrigez le numéro de téléphone sur la fiche du contact, dans HubSpot.",
        "      Numéro saisi: 06 11 11",
        "      Code: invalid_number",
    ]
    told = json.loads(await check(core_of(linked), Namespace(**asked, json=True)))["checks"]
    assert len(told) == 5
    assert told[0]["evidence"] == {"typed": "06 11 11", "code": "invalid_number"}


@pytest.mark.parametrize(
    ("where", "status", "body", "said"),
    [
        ("GET", 500, {}, "HubSpot did not answer: try again in a moment."),
        (
            "GET",
            403,
            {"category": "MISSING_SCOPES"},
            "HubSpot refused the request (MISSING_SCOPES)",
        ),
        ("POST", 400, {"status": "BAD_REFRESH_TOKEN"}, "install it again"),
        ("POST", 400, {"status": "BAD_CLIENT_ID"}, "HubSpot refuses the app itself"),
    ],
)
async def test_a_refusal_of_hubspots_is_told_from_an_outage(
    linked: Harness, where: str, status: int, body: dict[str, str], said: str
) -> None:
    if where == "POST":
        await linked.advance(3600)
    linked.hubspot.trouble(where, status, body=body)
    asked = Namespace(portal=PORTAL, contact=512, language="en", json=True)
    told = json.loads(await check(core_of(linked), asked))["checks"]
    unknown = [each["found"] for each in told if each["check"] in {"number", "consent"}]
    assert len(unknown) == 2
    assert all(said in found for found in unknown)
    assert told[0]["verdict"] == "unknown"


async def test_an_account_is_invited_by_a_link_of_its_own(bare: Harness) -> None:
    running = core_of(bare)
    links = {await invite(running, Namespace(account=name)) for name in ("Salon", "Salon")}
    assert len(links) == 2
    assert all(link.startswith(f"{bare.settings.public_url}/install/") for link in links)


async def test_what_was_given_up_is_listed_and_done_again(linked: Harness) -> None:
    running = core_of(linked)
    assert await replay(running, LIST) == "Nothing was given up."
    await linked.database.run(
        lambda tx: linked.core.queue.enqueue(tx, "dance", "1", account=PORTAL)
    )
    await linked.settle()
    assert await replay(running, LIST) == "dance  1  nobody does 'dance'"
    for kind, item in (("sing", "1"), (None, "2"), ("hubspot", "1")):
        with pytest.raises(NotGivenUpError, match=f"{item} was not given up") as caught:
            await replay(running, Namespace(kind=kind, item=item, all=False))
        assert caught.value.code == "not_given_up"
    others = Namespace(kind="sing", item=None, all=True)
    assert await replay(running, others) == "Nothing was given up."
    one = Namespace(kind=None, item="1", all=False)
    assert await replay(running, one) == "1 will be done again now."
    assert await replay(running, LIST) == "Nothing was given up."


async def test_what_was_given_up_and_is_not_worth_doing_again_is_dismissed(
    linked: Harness,
) -> None:
    linked.hubspot.trouble("POST /integrators", 400)
    await linked.execute("ap-1")
    for item in ("1", "2"):
        await linked.database.run(
            lambda tx, item=item: linked.core.queue.enqueue(tx, "dance", item, account=PORTAL)  # type: ignore[misc] # bound at once
        )
    await linked.advance(10)
    running = core_of(linked)
    with pytest.raises(NotGivenUpError):
        await dismiss(running, Namespace(kind="dance", item="3", all=False))
    one = Namespace(kind=None, item="1", all=False)
    assert await dismiss(running, one) == "1 dismissed."
    assert (await replay(running, LIST)).splitlines() == [
        "dance  2  nobody does 'dance'",
        "hubspot  ap-1-sent  HubSpot refused (400): ",
    ]
    assert await dismiss(running, Namespace(kind="hubspot", item=None, all=True)) == "1 dismissed."
    assert await dismiss(running, EVERY) == "1 dismissed."
    assert await dismiss(running, EVERY) == "Nothing was given up."
    await linked.advance(10)
    assert "ap-1-sent" not in linked.hubspot.events


async def test_all_that_hubspot_refused_is_listed_however_much(linked: Harness) -> None:
    portal_id, kind, at = PortalId(PORTAL), OutgoingKind.EVENT, linked.clock.now()

    def refuse_many(tx: Connection) -> None:
        for number in range(150):
            outgoing.add(tx, portal_id, kind, f"event-{number}", {}, at=at)
        for told in outgoing.waiting(tx, portal_id, limit=150)[kind]:
            outgoing.bury(tx, told.id, "refused")

    await linked.database.run(refuse_many)
    assert len((await replay(core_of(linked), LIST)).splitlines()) == 150


async def test_what_hubspot_refused_for_good_is_told_again(linked: Harness) -> None:
    linked.hubspot.trouble("POST /integrators", 400)
    await linked.execute("ap-1")
    await linked.advance(10)
    running = core_of(linked)
    listed = await replay(running, LIST)
    assert listed.startswith("hubspot  ap-1-sent  ")
    assert "ap-1-sent" not in linked.hubspot.events
    assert await replay(running, EVERY) == "1 will be done again now."
    await linked.advance(10)
    assert "ap-1-sent" in linked.hubspot.events
    assert await replay(running, LIST) == "Nothing was given up."


async def test_secrets_are_read_with_the_new_key_alone_once_they_are_rotated(
    linked: Harness,
) -> None:
    old, new = linked.settings.vault_keys[0], Secret(NEW_KEY)
    linked.restart(vault_keys=(new, old))
    assert "1 account(s)" in await rotate(core_of(linked), Namespace(first_key=new))
    linked.restart(vault_keys=(new,))
    assert (await linked.install_of()).marketing_key == MARKETING


async def test_a_core_that_was_not_started_again_with_the_new_key_is_told(linked: Harness) -> None:
    with pytest.raises(OtherVaultKeyError, match="start it again with both"):
        await rotate(core_of(linked), Namespace(first_key=Secret(NEW_KEY)))
    assert (await linked.install_of()).marketing_key == MARKETING
