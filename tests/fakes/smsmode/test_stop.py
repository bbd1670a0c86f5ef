"""STOP: whom it binds, what it refuses and costs, and how a number is freed."""

from decimal import Decimal

import pytest

from fakes.smsmode.codes import Flow
from tests.fakes.smsmode.conftest import FEW_SECONDS, PHONE, Desk, Listener, delivered


@pytest.mark.parametrize("word", ["STOP", "stop", " Stop sms ", "DESABO"])
async def test_stop_is_told_listed_confirmed_and_debited(
    desk: Desk, listener: Listener, word: str
) -> None:
    message_id = await delivered(desk, stop=True)
    await desk.reply(word)
    await desk.clock.run_due()
    assert listener.replies[0]["body"]["stop"] is True
    (line,) = (await desk.control("GET", "/blacklist")).json()["blacklist"]
    assert (line["number"], line["originMessageId"]) == (PHONE, message_id)
    thread = (await desk.control("GET", f"/phones/{PHONE}")).json()["thread"]
    assert [bubble["kind"] for bubble in thread] == ["message", "message", "notice"]
    balance = desk.smsmode.state.balances[desk.organisation.organisation_id]
    assert balance == Decimal(10) - 2 * Decimal("0.061")


async def test_a_word_in_a_sentence_is_no_stop(desk: Desk, listener: Listener) -> None:
    await delivered(desk)
    await desk.reply("non stop merci")
    await desk.clock.run_due()
    assert "stop" not in listener.replies[0]["body"]


async def write_on(desk: Desk, flow: Flow) -> None:
    """Write to the phone on another channel of the organisation, and wait for its last status."""
    channel = desk.channel("Another", flow)
    key = desk.smsmode.add_key(channel.channel_id, "Another").value
    body = {"recipient": {"to": PHONE}, "body": {"text": "Encore"}}
    await desk.call("POST", "/sms/v1/messages", body, key=key)
    await desk.clock.advance(FEW_SECONDS)


async def test_after_a_stop_every_marketing_channel_of_the_organisation_is_refused(
    desk: Desk, listener: Listener
) -> None:
    await delivered(desk)
    await desk.reply("STOP")
    before = desk.smsmode.state.balances.copy()
    await write_on(desk, Flow.MARKETING)
    assert listener.bodies[-1]["status"]["detail"] == "BLACKLISTED"
    assert desk.smsmode.state.balances == before


async def test_a_stop_refuses_no_notification(desk: Desk, listener: Listener) -> None:
    await delivered(desk)
    await desk.reply("STOP")
    await write_on(desk, Flow.TRANSACTIONAL)
    assert listener.values[-1] == "DELIVERED"


async def test_a_stop_may_refuse_everything(desk: Desk, listener: Listener) -> None:
    desk.set(blacklist_refuses="everything")
    await delivered(desk)
    await desk.reply("STOP")
    await write_on(desk, Flow.TRANSACTIONAL)
    assert listener.bodies[-1]["status"]["detail"] == "BLACKLISTED"


async def test_a_stop_may_bind_its_channel_alone(desk: Desk, listener: Listener) -> None:
    desk.set(blacklist_scope="channel")
    await delivered(desk)
    await desk.reply("STOP")
    await write_on(desk, Flow.MARKETING)
    assert listener.values[-1] == "DELIVERED"


async def test_a_second_stop_is_neither_confirmed_nor_debited(desk: Desk) -> None:
    await delivered(desk)
    await desk.reply("STOP")
    await desk.reply("STOP")
    assert len(desk.events("stop.confirmed")) == 1
    assert len(desk.events("message.replied")) == 2


async def test_a_number_may_be_freed(desk: Desk, listener: Listener) -> None:
    await desk.control("PUT", f"/blacklist/{PHONE}")
    await desk.control("DELETE", f"/blacklist/{PHONE}")
    await delivered(desk)
    assert listener.values[-1] == "DELIVERED"


async def test_a_stop_holds_back_what_is_on_its_way(desk: Desk) -> None:
    await delivered(desk)
    late = await desk.send()
    await desk.reply("STOP")
    await desk.clock.advance(FEW_SECONDS)
    read = await desk.call("GET", f"/sms/v1/messages/{late['messageId']}")
    assert read.json()["status"]["detail"] == "BLACKLISTED"


async def test_a_stop_may_let_through_what_is_on_its_way(desk: Desk, listener: Listener) -> None:
    desk.set(stop_recalls=False)
    await delivered(desk)
    await desk.send()
    await desk.reply("STOP")
    await desk.clock.advance(FEW_SECONDS)
    assert listener.values[-1] == "DELIVERED"


async def test_a_start_word_frees_the_number_where_there_is_one(desk: Desk) -> None:
    await delivered(desk)
    await desk.reply("STOP")
    await desk.reply("start")
    assert desk.events("number.freed") == []
    desk.set(start_words=["Start"])
    await desk.reply("start")
    assert desk.events("number.freed")[0]["number"] == PHONE


async def test_words_of_the_settings_may_be_in_any_case(desk: Desk) -> None:
    desk.set(stop_words=["Arrêt  svp"])
    await delivered(desk)
    assert (await desk.reply(" ARRÊT SVP ")).json()["stop"] is True
