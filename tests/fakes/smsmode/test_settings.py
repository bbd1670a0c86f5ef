"""Settings: each is changed live, read back as it was written, and refused where it does not fit."""

import html
import re
from dataclasses import fields
from datetime import timedelta
from decimal import Decimal

import pytest

from fakes.kit.command import changes
from fakes.smsmode.settings import Settings
from fakes.smsmode.settings_json import allowed_values, as_json, patched
from tests.fakes.smsmode.conftest import Desk


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
