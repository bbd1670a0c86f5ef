"""Each open question is a setting, and each setting does what it says."""

from collections import Counter
from dataclasses import fields
from datetime import UTC, date, datetime, timedelta

import pytest

from fakes.smsmode.behaviours import BEHAVIOURS
from fakes.smsmode.choices import OperatorBlock, Opposed, Orientation, Replacement, Scope
from fakes.smsmode.codes import ChannelType, Flow, Role
from fakes.smsmode.operator_rules import is_holiday, is_unlawful
from fakes.smsmode.settings import RETRY_DELAYS, Settings
from fakes.smsmode.table import VENDORS
from tests.fakes.smsmode.conftest import PHONE, Desk, Listener, accepted

RECOMMENDED: dict[int, dict[str, object]] = {
    1: {"zone": "Europe/Paris"},
    2: {"invented_codes": True},
    3: {"mention_when": "always"},
    4: {"foreign_mention": "domain"},
    5: {"replacement": Replacement.QUESTION_MARK},
    6: {"reply_orientation": Orientation.DOCUMENTED},
    7: {"callback_secret": None},
    8: {"bare_reports": False},
    9: {"retry_delays": RETRY_DELAYS, "retry_scale": 1, "callback_timeout": timedelta(seconds=10)},
    10: {"reports_enroute": True},
    11: {"bills_refused": False},
    12: {"default_mo_address": True},
    13: {"blacklist_scope": Scope.ORGANISATION, "blacklist_refuses": Opposed.MARKETING},
    14: {"strict_senders": False},
    15: {
        "immediate_within": timedelta(minutes=5),
        "past_tolerance": timedelta(minutes=5),
        "furthest": timedelta(days=3653),
    },
    16: {"unscheduled_status": 409},
    17: {"change_status": 200, "cancel_status": 204},
    18: {"batch_limit": 1000, "batch_status_shown": True, "batch_refusal": "whole"},
    19: {"reporting_lag": timedelta()},
    20: {"price_shown": True},
    21: {"rate_limit": None, "retry_after": timedelta(seconds=1)},
    22: {"operator_block": OperatorBlock.NEVER},
    23: {"stray_status": None},
    24: {
        "organisation_state": "ACTIVATED",
        "key_type": "API_KEY",
        "payment_type": "PREPAID",
        "transfer_type": "TRANSFER",
    },
    25: {"foreign_status": 404},
}


@pytest.mark.parametrize("question", range(1, 26))
def test_an_open_question_is_a_setting_with_the_recommended_default(question: int) -> None:
    (behaviour,) = (b for b in BEHAVIOURS if b.question == question)
    defaults = {name: getattr(Settings(), name) for name in behaviour.settings}
    assert defaults == RECOMMENDED[question]


def test_every_setting_belongs_to_one_behaviour() -> None:
    named = Counter(name for behaviour in BEHAVIOURS for name in behaviour.settings)
    assert named == Counter(f.name for f in fields(Settings))


async def test_the_ledger_lists_every_route_and_behaviour(desk: Desk) -> None:
    lines = (await desk.control("GET", "/fidelity")).json()["ledger"]
    names = [line["name"] for line in lines]
    assert set(names) >= {f"{route.method} {route.path}" for route in VENDORS}
    assert set(names) >= {behaviour.name for behaviour in BEHAVIOURS}
    assert not any("/_control" in name for name in names)
    by_name = {line["name"]: line for line in lines}
    assert by_name["test credits"]["standing"] == "documented"
    assert by_name["reporting lag"]["standing"] == "seen"
    assert by_name["undeclared sender"]["standing"] == "assumed"
    assert by_name["POST /rcs/v1/messages"]["built"] is False


async def test_the_ledger_is_a_page_too(desk: Desk) -> None:
    page = (await desk.control("GET", "/fidelity/page?lang=en")).text
    assert '<th scope="row">POST /sms/v1/messages</th>' in page
    assert "documented, not built" in page


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/rcs/v1/messages"),
        ("PATCH", "/rcs/v1/campaigns/any"),
        ("GET", "/rcs/v1/campaigns/any/messages/any"),
        ("GET", "/http/1.6/credit.do"),
    ],
)
async def test_a_route_that_is_known_and_not_built_says_so(
    desk: Desk, method: str, path: str
) -> None:
    rcs = desk.smsmode.add_channel(
        desk.organisation.organisation_id, "Rich", Flow.MARKETING, type_=ChannelType.RCS
    )
    answer = await desk.call(method, path, key=desk.new_key(rcs))
    assert (answer.status_code, answer.json()["errorCode"]) == (501, "501.001")
    assert desk.events("route.not-built")[0]["asked"] == f"{method} {path}"


async def test_codes_of_our_own_may_be_left_out(desk: Desk) -> None:
    desk.set(invented_codes=False)
    assert (await desk.post(text="")).json()["errorCode"] == "400.000"
    assert (await desk.post(to="06")).json()["errorCode"] == "400.029"
    assert (await desk.call("GET", "/nowhere")).json()["errorCode"] == "404.000"
    broken = await desk.http.post(
        "/sms/v1/messages", content=b"{", headers={"X-Api-Key": desk.key.value}
    )
    assert broken.json()["errorCode"] == "400.000"


async def test_a_stray_status_may_come_before_the_last_one(desk: Desk, listener: Listener) -> None:
    desk.set(stray_status="BUFFERED")
    await desk.send()
    await desk.clock.advance(timedelta(seconds=5))
    assert listener.values == ["ENROUTE", "BUFFERED", "DELIVERED"]


async def test_a_rate_limit_says_how_long_to_wait(desk: Desk) -> None:
    desk.set(rate_limit=1, retry_after=6.5)
    await desk.post()
    assert (await desk.post()).headers["retry-after"] == "7"


async def test_a_batch_may_be_smaller_and_barer(desk: Desk) -> None:
    desk.set(batch_limit=1, batch_status_shown=False)
    one = {"recipient": {"to": PHONE}, "body": {"text": "Bonjour"}}
    (element,) = (await desk.call("POST", "/sms/v1/messages", [one])).json()
    assert element.keys() == {"message"}
    assert (await desk.call("POST", "/sms/v1/messages", [one, one])).status_code == 400


async def test_a_reply_without_an_address_may_go_untold(desk: Desk, listener: Listener) -> None:
    desk.set(default_mo_address=False)
    await desk.send()
    await desk.clock.advance(timedelta(seconds=5))
    await desk.reply("STOP")
    await desk.clock.run_due()
    assert listener.replies == []
    assert len(desk.events("number.blacklisted")) == 1


async def test_a_foreign_id_may_be_forbidden_rather_than_unknown(desk: Desk) -> None:
    desk.set(foreign_status=403)
    message = await desk.send()
    stranger = desk.new_key(desk.notification, Role.USER)
    path = f"/sms/v1/messages/{message['messageId']}"
    assert (await desk.call("GET", path, key=stranger)).status_code == 403
    assert (await desk.call("GET", "/sms/v1/messages/none", key=stranger)).status_code == 404


async def test_operators_may_stop_what_the_law_forbids(desk: Desk, listener: Listener) -> None:
    desk.set(operator_block="unlawful")
    await desk.send()
    await desk.send(stop=True)
    await desk.clock.advance(timedelta(seconds=5))
    assert sorted(listener.values) == ["DELIVERED", "ENROUTE", "ENROUTE", "UNDELIVERABLE"]


@pytest.mark.parametrize(
    ("moment", "unlawful"),
    [
        ("2026-11-23T09:00", False),
        ("2026-11-23T21:30", True),
        ("2026-11-22T12:00", True),
        ("2026-12-25T12:00", True),
        ("2026-04-06T12:00", True),
    ],
)
def test_nights_sundays_and_holidays_are_unlawful(moment: str, *, unlawful: bool) -> None:
    message = accepted(mention=" STOP 36034")
    at = datetime.fromisoformat(moment).replace(tzinfo=UTC)
    assert is_unlawful(message, Flow.MARKETING, at) is unlawful
    assert not is_unlawful(message, Flow.TRANSACTIONAL, at)
    assert not is_unlawful(accepted(to="32470123456"), Flow.MARKETING, at)


def test_easter_moves_its_holidays() -> None:
    days = (date(2026, 4, 6), date(2026, 5, 14), date(2026, 5, 25), date(2025, 4, 21))
    assert all(is_holiday(day) for day in days)
    assert not is_holiday(date(2026, 4, 7))


@pytest.mark.parametrize(
    "change",
    [
        {"zone": "Mars/Base"},
        {"unscheduled_status": 200},
        {"change_status": 500},
        {"reporting_lag": -1},
        {"rate_limit": 0},
    ],
)
async def test_a_setting_that_cannot_be_is_refused(desk: Desk, change: dict[str, object]) -> None:
    answer = await desk.control("PATCH", "/settings", change)
    assert (answer.status_code, answer.json()["error"]) == (400, "setting")
    assert desk.smsmode.settings == Settings()
