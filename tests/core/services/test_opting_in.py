"""People who had refused and change their mind: the operator lifts it, and nobody else can."""

import pytest

from tests.core.builders import OTHER_PORTAL, PHONE, PORTAL, reply, report
from tests.core.harness import Harness

CONTACT = f"/accounts/{PORTAL}/contacts/512/optout"


@pytest.fixture
async def stopped(linked: Harness) -> Harness:
    """A core whose contact has answered STOP."""
    linked.hubspot.contacts["512"] = {"phone": PHONE}
    await linked.execute("ap-1")
    await linked.settle()
    await linked.call_back("inbound", reply("STOP"))
    await linked.advance(2)
    assert (await linked.execute("ap-2"))["errorCode"] == "opted_out"
    return linked


async def test_a_refusal_that_is_lifted_refuses_no_more(stopped: Harness) -> None:
    answer = await stopped.operate("DELETE", CONTACT)
    assert (answer.status_code, answer.json()) == (200, {"lifted": True})
    await stopped.advance(2)
    assert stopped.hubspot.contacts["512"]["smsmode_status"] == "Actif"
    assert "errorCode" not in await stopped.execute("ap-3")


async def test_it_can_be_refused_again(stopped: Harness) -> None:
    await stopped.operate("DELETE", CONTACT)
    await stopped.call_back("inbound", reply("STOP", reply_id="mo-2"))
    await stopped.advance(2)
    assert stopped.hubspot.contacts["512"]["smsmode_status"] == "Refus des SMS promotionnels"
    assert (await stopped.execute("ap-3"))["errorCode"] == "opted_out"


async def test_a_status_of_the_record_alone_is_lifted_too(linked: Harness) -> None:
    status = {"smsmode_status": "Refus des SMS promotionnels"}
    linked.hubspot.contacts["512"] = {"phone": PHONE, **status}
    assert (await linked.operate("DELETE", CONTACT)).json() == {"lifted": True}
    await linked.advance(2)
    assert linked.hubspot.contacts["512"]["smsmode_status"] == "Actif"


async def test_where_nothing_was_refused_nothing_is_lifted(linked: Harness) -> None:
    linked.hubspot.contacts["512"] = {"phone": PHONE}
    assert (await linked.operate("DELETE", CONTACT)).json() == {"lifted": False}
    await linked.advance(2)
    assert linked.hubspot.contacts["512"] == {"phone": PHONE}


async def test_the_refusal_of_another_account_stands(stopped: Harness) -> None:
    await stopped.install(OTHER_PORTAL)
    stopped.hubspot.contacts["512"] = {"phone": PHONE}
    path = f"/accounts/{OTHER_PORTAL}/contacts/512/optout"
    assert (await stopped.operate("DELETE", path)).json() == {"lifted": False}
    assert (await stopped.execute("ap-3"))["errorCode"] == "opted_out"


@pytest.mark.parametrize(
    ("phone", "path", "status", "code"),
    [
        ("", CONTACT, 422, "no_number"),
        ("06 00", CONTACT, 422, "invalid_number"),
        (PHONE, f"/accounts/{PORTAL}/contacts/513/optout", 404, "not_found"),
        (PHONE, f"/accounts/{PORTAL}/contacts/abc/optout", 400, "malformed_request"),
        (PHONE, "/accounts/999/contacts/512/optout", 404, "unknown_account"),
    ],
)
async def test_whose_refusal_cannot_be_found_is_said(
    linked: Harness, phone: str, path: str, status: int, code: str
) -> None:
    linked.hubspot.contacts["512"] = {"phone": phone}
    answer = await linked.operate("DELETE", path)
    assert (answer.status_code, answer.json()["error"]["code"]) == (status, code)


async def test_an_opposition_of_smsmodes_is_lifted_too(linked: Harness) -> None:
    linked.hubspot.contacts["512"] = {"phone": PHONE}
    await linked.execute("ap-1")
    await linked.settle()
    await linked.call_back("status", report("UNDELIVERABLE", detail="BLACKLISTED"))
    assert (await linked.execute("ap-2"))["errorCode"] == "opted_out"
    assert (await linked.operate("DELETE", CONTACT)).json() == {"lifted": True}
    assert "errorCode" not in await linked.execute("ap-3")
