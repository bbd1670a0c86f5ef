"""Linking the two API keys: the step without which nothing is sent."""

import json

import httpx
import pytest

from tests.core.builders import MARKETING, NOTIFICATION, PORTAL
from tests.core.harness import Harness


async def test_both_keys_are_linked_and_the_answer_shows_neither(installed: Harness) -> None:
    answer = await installed.link()
    assert answer.json()["linked"] is True
    assert MARKETING not in answer.text
    assert NOTIFICATION not in answer.text


async def test_a_key_that_smsmode_does_not_know_is_refused_and_nothing_is_linked(
    installed: Harness,
) -> None:
    answer = await installed.link(marketing="made-up")
    assert answer.status_code == 409
    assert answer.json()["error"]["code"] == "access_revoked"
    assert not (await installed.install_of()).linked


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (("marketing",), "refuses the marketing key, and"),
        (("notification",), "refuses the notification key, and"),
        (("marketing", "notification"), "refuses the marketing key and the notification key, and"),
    ],
)
async def test_each_key_that_is_refused_is_named_and_none_is_shown(
    installed: Harness, wrong: tuple[str, ...], said: str
) -> None:
    answer = await installed.link(
        marketing="made-up-1" if "marketing" in wrong else MARKETING,
        notification="made-up-2" if "notification" in wrong else NOTIFICATION,
    )
    error = answer.json()["error"]
    assert error["refused"] == ", ".join(wrong)
    assert said in error["message"]
    assert "link both keys again (smsmode says: Unknown key)" in error["message"]
    assert not any(key in answer.text for key in ("made-up", MARKETING, NOTIFICATION))


async def test_when_one_of_the_keys_is_wrong_neither_is_linked(installed: Harness) -> None:
    installed.smsmode.keys.remove(NOTIFICATION)
    assert (await installed.link()).status_code == 409
    install = await installed.install_of()
    assert (install.marketing_key, install.notification_key) == (None, None)


async def test_keys_that_were_given_for_each_other_are_refused(installed: Harness) -> None:
    installed.smsmode.flows = {MARKETING: "TRANSACTIONAL", NOTIFICATION: "MARKETING"}
    answer = await installed.link()
    assert answer.status_code == 400
    error = answer.json()["error"]
    assert (error["code"], error["portal_id"]) == ("keys_swapped", str(PORTAL))
    assert not (await installed.install_of()).linked


@pytest.mark.parametrize(
    ("flows", "warned"),
    [
        ({}, []),
        ({MARKETING: "MARKETING", NOTIFICATION: "TRANSACTIONAL"}, []),
        ({MARKETING: "MARKETING", NOTIFICATION: "OTP"}, []),
        ({MARKETING: "OTP", NOTIFICATION: "TRANSACTIONAL"}, ["the marketing key's"]),
        ({MARKETING: "MARKETING", NOTIFICATION: "MARKETING"}, ["the notification key's"]),
        ({NOTIFICATION: "MARKETING"}, ["the notification key's"]),
    ],
)
async def test_a_key_of_a_channel_for_other_sms_is_linked_with_a_warning(
    installed: Harness, flows: dict[str, str], warned: list[str]
) -> None:
    installed.smsmode.flows = flows
    answer = await installed.link()
    assert answer.json()["linked"] is True
    assert [one.partition(" channel")[0] for one in answer.json()["warnings"]] == warned
    seen = (await installed.operate("GET", f"/accounts/{PORTAL}/keys")).json()
    assert (seen["linked"], seen["swapped"]) == (True, False)
    assert seen["warnings"] == answer.json()["warnings"]


async def test_what_a_channel_is_for_is_told_by_its_last_sms(linked: Harness) -> None:
    told = {"items": [{"messageId": "sms-0", "channel": {"flow": "OTP"}}]}
    linked.smsmode.trouble("GET /sms/v1/messages", 200, body=told)
    seen = (await linked.operate("GET", f"/accounts/{PORTAL}/keys")).json()
    assert seen["marketing"]["flow"] == "OTP"


@pytest.mark.parametrize("body", [[], {"items": 1}, {"items": [{"flow": 7}]}])
async def test_a_list_that_cannot_be_read_is_asked_for_again(
    installed: Harness, body: object
) -> None:
    installed.smsmode.trouble("GET /sms/v1/messages", 200, body=body)
    assert (await installed.link()).status_code == 503
    installed.smsmode.trouble("GET /commons/v1/organisations", 200, body={"items": [7]})
    assert (await installed.link()).status_code == 503


async def test_a_key_that_was_taken_back_since_is_seen(linked: Harness) -> None:
    linked.smsmode.keys.remove(NOTIFICATION)
    seen = (await linked.operate("GET", f"/accounts/{PORTAL}/keys")).json()
    assert seen["marketing"] == {"flow": None, "refusal": ""}
    assert "Unknown key" in seen["notification"]["refusal"]
    assert NOTIFICATION not in json.dumps(seen)


async def test_an_account_without_keys_is_seen_to_have_none(installed: Harness) -> None:
    seen = (await installed.operate("GET", f"/accounts/{PORTAL}/keys")).json()
    assert seen == {"linked": False, "swapped": False, "warnings": []}


async def test_a_wrong_key_leaves_those_that_were_linked(linked: Harness) -> None:
    await linked.link(marketing="made-up")
    assert (await linked.install_of()).marketing_key == MARKETING


@pytest.mark.parametrize(
    ("trouble", "status"), [(500, 502), (429, 503), (httpx.ConnectError, 503), (400, 502)]
)
async def test_nothing_is_linked_while_smsmode_cannot_say(
    installed: Harness, trouble: int | type[Exception], status: int
) -> None:
    installed.smsmode.trouble("GET", trouble)
    assert (await installed.link()).status_code == status
    assert not (await installed.install_of()).linked


async def test_an_account_that_never_installed_cannot_be_linked(bare: Harness) -> None:
    answer = await bare.link()
    assert answer.status_code == 404
    assert answer.json()["error"]["portal_id"] == str(PORTAL)
    assert bare.smsmode.calls == []


@pytest.mark.parametrize("kind", ["promotional", "notification"])
async def test_before_linking_every_execution_says_what_is_missing(
    installed: Harness, kind: str
) -> None:
    outputs = await installed.execute(type=kind)
    await installed.settle()
    assert outputs["errorCode"] == "keys_not_linked"
    assert "Hubspot Mkt" in outputs["detail"]
    assert installed.smsmode.sent == []


@pytest.mark.parametrize("key", ["clé", "a b", "x\ny", "x" * 1000])
async def test_what_cannot_be_a_key_is_refused_before_smsmode_is_asked(
    installed: Harness, key: str
) -> None:
    answer = await installed.link(marketing=key)
    assert answer.status_code == 400
    assert "marketing" in answer.json()["error"]["message"]
    assert installed.smsmode.calls == []
