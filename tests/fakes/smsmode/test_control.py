import html
import re
from dataclasses import fields
from datetime import timedelta
from decimal import Decimal

import pytest

from fakes.kit.command import changes
from fakes.smsmode.settings import Settings, allowed_values, as_json, patched
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


async def test_settings_change_live(desk: Desk) -> None:
    answer = await desk.control("PATCH", "/settings", {"reporting_lag": 90, "rate_limit": 5})
    assert answer.json()["reporting_lag"] == 90
    assert desk.smsmode.settings.reporting_lag == timedelta(seconds=90)
    assert (await desk.control("GET", "/settings")).json()["rate_limit"] == 5


def test_settings_read_back_what_they_write() -> None:
    written = as_json(Settings())
    assert patched(Settings(reporting_lag=timedelta(hours=9)), written) == Settings()


OTHERWISE: dict[str, str] = {
    "base_url": "http://127.0.0.1:4102",
    "zone": "UTC",
    "replacement": "reject",
    "stop_mention": "tutorial",
    "foreign_mention": "link",
    "mention_when": "free",
    "short_code": "36180",
    "stop_words": '["STOP"]',
    "stop_recalls": "false",
    "start_words": '["START", "OUI"]',
    "reply_countries": '["FR", "BE"]',
    "reply_orientation": "reversed",
    "blacklist_scope": "channel",
    "blacklist_refuses": "everything",
    "confirms_stop": "false",
    "default_mo_address": "false",
    "stop_price": "0.08",
    "bills_refused": "true",
    "price_shown": "false",
    "strict_senders": "true",
    "strict_keys": "true",
    "batch_refusal": "element",
    "batch_limit": "10",
    "batch_status_shown": "false",
    "campaign_limit": "10",
    "campaign_notice": "60",
    "unscheduled_status": "400",
    "change_status": "204",
    "cancel_status": "200",
    "invented_codes": "false",
    "foreign_status": "403",
    "immediate_within": "60",
    "past_tolerance": "60",
    "furthest": "31536000",
    "furthest_change": "3600",
    "reporting_lag": "120",
    "list_window": "acceptedAt",
    "list_days": "31",
    "wide_lists": "true",
    "rate_limit": "10",
    "retry_after": "2.5",
    "organisation_state": "OPEN",
    "key_type": "KEY",
    "payment_type": "POSTPAID",
    "transfer_type": "GIFT",
    "enroute_after": "1",
    "delivered_after": "10",
    "jitter": "0",
    "part_after": "0",
    "operator_block": "unlawful",
    "stray_status": "BUFFERED",
    "reports_enroute": "false",
    "bare_reports": "true",
    "retry_delays": "[1, 2]",
    "retry_scale": "0.01",
    "callback_timeout": "1",
    "callback_secret": "secret",
}


@pytest.mark.parametrize("name", [f.name for f in fields(Settings)])
def test_every_setting_can_be_typed_on_the_command_line(name: str) -> None:
    default = Settings()
    changed = patched(default, changes([(name, OTHERWISE[name])], as_json(default)))
    assert getattr(changed, name) != getattr(default, name)
    assert patched(default, as_json(changed)) == changed


async def test_money_in_a_setting_is_read_as_it_is_written(desk: Desk) -> None:
    await desk.control("PATCH", "/settings", {"stop_price": 0.05})
    assert desk.smsmode.settings.stop_price == Decimal("0.05")


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


@pytest.mark.parametrize(
    "change",
    [
        {"colour": "blue"},
        {"replacement": "blue"},
        {"reporting_lag": "soon"},
        {"bare_reports": "yes"},
        {"stop_words": "STOP"},
        {"stop_price": "free"},
        {"stop_price": "-1"},
        {"stop_price": "NaN"},
        {"stop_price": "0.0001"},
        {"retry_scale": "1e30"},
        {"retry_scale": "quick"},
        {"retry_delays": ["soon"]},
        {"unscheduled_status": 404},
        {"zone": "Paris"},
        {"furthest": True},
        {"list_days": 10**10},
        {"furthest": 3e11},
        {"short_code": "code"},
        {"reply_countries": ["France"]},
        {"start_words": [""]},
        {"callback_secret": ""},
        {"base_url": "smsmode"},
        {"rate_limit": "many"},
    ],
)
async def test_a_wrong_setting_is_refused(desk: Desk, change: dict[str, object]) -> None:
    answer = await desk.control("PATCH", "/settings", change)
    assert (answer.status_code, answer.json()["error"]) == (400, "setting")
    ((name, _),) = change.items()
    said = answer.json()["message"]
    assert allowed_values().get(name, "there are") in said
    assert not re.search("class|Decimal|Enum|int or|str ", said)


async def test_the_fidelity_page_tells_what_each_setting_may_be(desk: Desk) -> None:
    page = html.unescape((await desk.control("GET", "/fidelity/page?lang=en")).text)
    for shown in (
        "replacement=question-mark (question-mark or reject or tutorial)",
        "unscheduled_status=409 (409 or 400)",
        "retry_scale=1 (a number, 0 or from 0.000001 to 1000)",
        "bare_reports=false (true or false)",
        "stray_status=null (a text that is not empty, or null)",
    ):
        assert shown in page
    assert all(f"({what})" in page for what in allowed_values().values())


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
