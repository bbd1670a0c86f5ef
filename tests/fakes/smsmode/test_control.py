"""What people set up and see by the control routes: organisations, channels, keys, phones."""

from datetime import timedelta

import pytest

from tests.fakes.smsmode.conftest import PHONE, Desk, request


async def test_a_key_made_by_name_opens_its_channel(desk: Desk) -> None:
    path = f"/channels/{desk.notification.channel_id}/keys"
    made = await desk.control("POST", path, {"name": "Hubspot Not"})
    assert made.status_code == 201
    answer = await desk.call("POST", "/sms/v1/messages", request(), key=made.json()["value"])
    assert answer.json()["channel"]["name"] == "Hubspot Not"
    listed = await desk.control("GET", path)
    assert [key["name"] for key in listed.json()["keys"]] == ["Hubspot Not"]


async def test_an_account_can_be_made_from_nothing(desk: Desk) -> None:
    made = (await desk.control("POST", "/organisations", {"name": "New"})).json()
    assert made["balance"] == {"amount": "1.220", "currency": "EUR", "credits": 20}
    path = f"/organisations/{made['organisationId']}/channels"
    channel = (await desk.control("POST", path, {"name": "Mkt", "flow": "MARKETING"})).json()
    assert channel["defaultFromField"] == "36034"
    channels = (await desk.control("GET", "/channels")).json()["channels"]
    assert channel in channels


async def test_phones_show_what_passed(desk: Desk) -> None:
    await desk.send(text="Bonjour")
    await desk.clock.advance(timedelta(seconds=5))
    await desk.reply("Merci")
    (phone,) = (await desk.control("GET", "/phones")).json()["phones"]
    assert (phone["msisdn"], phone["received"], phone["sent"]) == (PHONE, 1, 1)
    thread = (await desk.control("GET", f"/phones/{PHONE}")).json()["thread"]
    assert [(b["direction"], b["text"], b["status"]) for b in thread] == [
        ("in", "Bonjour", "DELIVERED"),
        ("out", "Merci", None),
    ]


async def test_a_channel_is_given_its_senders_and_addresses(desk: Desk) -> None:
    path = f"/organisations/{desk.organisation.organisation_id}/channels"
    body = {
        "name": "Two",
        "flow": "MARKETING",
        "defaultFromField": "36111",
        "fromFieldList": ["Salon"],
        "defaultCallbackUrlMo": "https://app.example/mo",
    }
    made = (await desk.control("POST", path, body)).json()
    assert {name: made[name] for name in body} == body
    key = desk.new_key(desk.smsmode.state.channels[made["channelId"]])
    for asked, used in (("Salon", "Salon"), ("Other", "36111")):
        answer = await desk.call("POST", "/sms/v1/messages", request(sender=asked), key=key)
        assert answer.json()["from"] == used


@pytest.mark.parametrize(
    "wrong",
    [
        {"defaultFromField": 36111},
        {"defaultFromField": "much too long"},
        {"fromFieldList": "Salon"},
        {"fromFieldList": ["Salon", 5]},
        {"defaultCallbackUrlMo": "app.example"},
        {"defaultCallbackUrlStatus": 5},
    ],
)
async def test_a_wrong_channel_is_not_made(desk: Desk, wrong: dict[str, object]) -> None:
    path = f"/organisations/{desk.organisation.organisation_id}/channels"
    body = {"name": "Two", "flow": "MARKETING", **wrong}
    answer = await desk.control("POST", path, body)
    assert (answer.status_code, answer.json()["error"]) == (400, next(iter(wrong)))
    assert len(desk.smsmode.state.channels) == 2


@pytest.mark.parametrize("balance", ["1e400", "0.0001", "NaN", True, -1, None])
async def test_a_balance_that_would_be_rounded_is_refused(desk: Desk, balance: object) -> None:
    path = f"/organisations/{desk.organisation.organisation_id}/balance"
    answer = await desk.control("PUT", path, {"amount": balance})
    assert (answer.status_code, answer.json()["error"]) == (400, "amount")
    assert (await desk.control("GET", path)).json()["amount"] == "10"


async def test_a_balance_is_told_without_an_exponent(desk: Desk) -> None:
    path = f"/organisations/{desk.organisation.organisation_id}/balance"
    assert (await desk.control("PUT", path, {"amount": "1E+2"})).json()["amount"] == "100"


async def test_retries_may_be_hurried_ten_thousand_times(desk: Desk) -> None:
    changed = await desk.control("PATCH", "/settings", {"retry_scale": 0.0001})
    assert changed.json()["retry_scale"] == "0.0001"


async def test_the_magic_numbers_are_printed(desk: Desk) -> None:
    lines = (await desk.control("GET", "/magic-numbers")).json()["magicNumbers"]
    assert lines[0] == {
        "number": "33600000100",
        "fate": "delivered",
        "meaning": "The phone has it after 3 seconds",
        "timeline": ["ENROUTE at 0.2 s", "DELIVERED at 3 s"],
    }


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("PATCH", f"/phones/{PHONE}", {"fate": "happy"}, 400),
        ("PATCH", f"/phones/{PHONE}", {"fate": ["spam"]}, 400),
        ("POST", f"/phones/{PHONE}/reply", {"text": ""}, 400),
        ("POST", f"/phones/{PHONE}/reply", ["text"], 400),
        ("POST", f"/phones/{PHONE}/reply", {"text": "Merci", "to": 36034}, 400),
        ("PUT", f"/blacklist/{PHONE}?scope=none", None, 404),
        ("POST", "/organisations", {"name": "x", "balance": "much"}, 400),
        ("GET", "/phones/06", None, 400),
        ("POST", "/callbacks/none/redeliver", None, 404),
        ("GET", "/organisations/none/balance", None, 404),
        ("POST", "/channels/none/keys", {"name": "x"}, 404),
        ("POST", "/organisations", {"name": ""}, 400),
        ("POST", "/organisations", {"name": "x", "balance": "-1"}, 400),
        ("GET", "/nothing", None, 404),
    ],
)
async def test_a_wrong_control_call_says_what_is_wrong(
    desk: Desk, method: str, path: str, body: object, status: int
) -> None:
    answer = await desk.control(method, path, body)
    assert answer.status_code == status
    assert answer.json()["message"]


async def test_two_runs_of_one_seed_write_the_same_journal(desk: Desk) -> None:
    twin = Desk(desk.smsmode.party.outbound._http, desk.listener)
    async with twin.http:
        for each in (desk, twin):
            await each.send(refClient="order-42")
            await each.clock.advance(timedelta(seconds=5))
            await each.reply("STOP")
            await each.clock.run_due()
    assert desk.journal.digest() == twin.journal.digest()
