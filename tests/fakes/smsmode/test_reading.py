"""Messages and replies read back: found, listed, paged, and how far back."""

from datetime import timedelta

import pytest

from tests.fakes.smsmode.conftest import PHONE, Desk

LIST = "/sms/v1/messages"


async def references(desk: Desk, query: str = "") -> list[str]:
    answer = await desk.call("GET", f"{LIST}?{query}")
    assert answer.status_code == 200, answer.text
    return [item["refClient"] for item in answer.json()["items"]]


async def test_a_message_is_found_by_its_reference(desk: Desk) -> None:
    await desk.send(refClient="one-1")
    await desk.send(refClient="two-2")
    assert await references(desk, "searchBy%5BrefClient%5D=two-2") == ["two-2"]
    assert await references(desk, "searchBy[refClient]=nobody") == []


async def test_messages_are_found_by_their_phone(desk: Desk) -> None:
    await desk.send(refClient="one-1")
    await desk.send(refClient="two-2", to="33622222222")
    assert await references(desk, f"searchBy[to]={PHONE}") == ["one-1"]


async def test_replies_are_listed_apart(desk: Desk) -> None:
    message = await desk.send(refClient="one-1")
    await desk.clock.advance(timedelta(seconds=5))
    await desk.reply("Merci")
    answer = await desk.call("GET", f"{LIST}?searchBy[direction]=MO")
    assert [item["body"]["text"] for item in answer.json()["items"]] == ["Merci"]
    assert answer.json()["items"][0]["originMessageId"] == message["messageId"]
    query = f"searchBy[direction]=MO&searchBy[originMessageId]={message['messageId']}"
    assert await references(desk, query) == ["one-1"]


async def test_a_list_comes_by_pages_newest_first(desk: Desk) -> None:
    for number in range(5):
        await desk.send(refClient=f"ref-{number}")
        await desk.clock.advance(timedelta(seconds=1))
    answer = (await desk.call("GET", f"{LIST}?page=2&pageSize=2")).json()
    assert [item["refClient"] for item in answer["items"]] == ["ref-2", "ref-1"]
    assert (answer["count"], answer["totalCount"]) == (2, 5)
    assert answer["links"].keys() == {"first", "last", "previous", "next"}
    assert answer["links"]["next"].endswith("page=3&pageSize=2")


async def test_past_the_last_page_there_is_nothing(desk: Desk) -> None:
    await desk.send()
    answer = await desk.call("GET", f"{LIST}?page=9")
    assert (answer.status_code, answer.json()["items"]) == (200, [])


async def test_a_list_goes_back_ten_days_unless_told_otherwise(desk: Desk) -> None:
    await desk.send(refClient="old")
    await desk.clock.advance(timedelta(days=11))
    assert await references(desk) == []
    assert await references(desk, "startDate=2026-11-01T00:00:00") == ["old"]


@pytest.mark.parametrize(
    ("span", "found"),
    [
        ("startDate=2026-11-23&endDate=2026-11-23", ["today"]),
        ("startDate=2026-11-24", []),
        ("endDate=2026-11-22", []),
        ("endDate=2026-11-23T09:59:59", []),
        ("endDate=2026-11-23T10:00:00", ["today"]),
    ],
)
async def test_a_list_by_days_has_the_whole_of_its_last_one(
    desk: Desk, span: str, found: list[str]
) -> None:
    await desk.send(refClient="today")
    await desk.clock.advance(timedelta(hours=30))
    assert await references(desk, span) == found


@pytest.mark.parametrize(
    "query", ["page=0", "pageSize=101", "page=x", "startDate=x", "searchBy[direction]=UP"]
)
async def test_a_wrong_query_is_refused(desk: Desk, query: str) -> None:
    answer = await desk.call("GET", f"{LIST}?{query}")
    assert answer.json()["errorCode"] == "400.040"


async def test_a_young_message_cannot_be_read_during_the_reporting_lag(desk: Desk) -> None:
    desk.set(reporting_lag=120)
    message = await desk.send(refClient="one-1")
    path = f"{LIST}/{message['messageId']}"
    assert (await desk.call("GET", path)).status_code == 404
    assert await references(desk, "searchBy[refClient]=one-1") == []
    await desk.clock.advance(timedelta(minutes=2))
    assert (await desk.call("GET", path)).status_code == 200
    assert await references(desk, "searchBy[refClient]=one-1") == ["one-1"]


async def test_a_channel_does_not_see_anothers_messages(desk: Desk) -> None:
    message = await desk.send(refClient="one-1")
    key = desk.smsmode.add_key(desk.notification.channel_id, "Hubspot Not").value
    answer = await desk.call("GET", f"{LIST}/{message['messageId']}", key=key)
    listed = await desk.call("GET", f"{LIST}?searchBy[refClient]=one-1", key=key)
    assert answer.status_code == 404
    assert listed.json()["totalCount"] == 0
