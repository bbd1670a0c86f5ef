"""API keys: which channel a message leaves on, and what a key may not do."""

from datetime import timedelta

import httpx
import pytest

from fakes.smsmode.codes import ChannelType, Flow, Role
from tests.fakes.smsmode.conftest import Desk, request


async def send_on(desk: Desk, channel_id: str, key: str) -> httpx.Response:
    path = f"/sms/v1/channels/{channel_id}/messages"
    return await desk.call("POST", path, request(), key=key)


@pytest.mark.parametrize("key", ["", "wrong"])
async def test_a_wrong_key_is_a_structured_401(desk: Desk, key: str) -> None:
    answer = await desk.call("GET", "/sms/v1/messages", key=key)
    assert answer.status_code == 401
    assert answer.json()["errorCode"] == "401.001"


async def test_a_message_goes_out_on_the_channel_of_its_key(desk: Desk) -> None:
    key = desk.new_key(desk.notification, Role.USER)
    answer = await desk.call("POST", "/sms/v1/messages", request(), key=key)
    assert answer.json()["channel"]["flow"] == "TRANSACTIONAL"
    assert answer.json()["from"] == "38034"


async def test_a_users_key_may_not_use_its_neighbours_channel(desk: Desk) -> None:
    answer = await send_on(desk, desk.notification.channel_id, desk.key.value)
    assert (answer.status_code, answer.json()["errorCode"]) == (403, "403.001")


async def test_a_managers_key_may_use_every_channel_of_its_organisation(desk: Desk) -> None:
    key = desk.new_key(desk.marketing, Role.MANAGER)
    answer = await send_on(desk, desk.notification.channel_id, key)
    assert answer.json()["channel"]["channelId"] == desk.notification.channel_id


@pytest.mark.parametrize(("role", "status"), [(Role.MANAGER, 404), (Role.ADMIN, 201)])
async def test_only_an_administrator_reaches_the_organisations_below(
    desk: Desk, role: Role, status: int
) -> None:
    below = desk.smsmode.add_organisation("Below", parent_id=desk.organisation.organisation_id)
    channel = desk.smsmode.add_channel(below.organisation_id, "Theirs", Flow.MARKETING)
    key = desk.new_key(desk.marketing, role)
    assert (await send_on(desk, channel.channel_id, key)).status_code == status


async def test_the_key_of_an_rcs_channel_sends_no_sms(desk: Desk) -> None:
    channel = desk.smsmode.add_channel(
        desk.organisation.organisation_id, "Rich", Flow.MARKETING, type_=ChannelType.RCS
    )
    key = desk.new_key(channel, Role.USER)
    answer = await desk.call("POST", "/sms/v1/messages", request(), key=key)
    assert answer.json()["message"] == "Channel type mismatch"
    assert answer.status_code == 403


async def test_a_key_of_sms_opens_nothing_of_rcs(desk: Desk) -> None:
    answer = await desk.call("POST", "/rcs/v1/messages", request())
    assert (answer.status_code, answer.json()["message"]) == (403, "Channel type mismatch")
    assert (await desk.call("POST", "/rcs/v1/messages", request(), key="no")).status_code == 401


async def test_a_neighbours_channel_is_forbidden_and_a_strangers_is_unknown(desk: Desk) -> None:
    own = desk.organisation.organisation_id
    stranger = desk.smsmode.add_organisation("Other")
    theirs = desk.smsmode.add_channel(stranger.organisation_id, "Theirs", Flow.MARKETING)
    for channel, status in ((desk.notification, 403), (theirs, 404)):
        for path in (
            f"/sms/v1/channels/{channel.channel_id}/messages",
            f"/commons/v1/channels/{channel.channel_id}/credentials",
            f"/commons/v1/channels/{channel.channel_id}/consumptions",
            f"/commons/v1/organisations/{own}/channels/{channel.channel_id}",
        ):
            assert (await desk.call("GET", path)).status_code == status, path


async def test_a_managers_list_may_show_every_channel(desk: Desk) -> None:
    message = await desk.send()
    key = desk.new_key(desk.notification, Role.MANAGER)
    path = f"/sms/v1/messages/{message['messageId']}"
    assert (await desk.call("GET", path, key=key)).status_code == 404
    desk.set(wide_lists=True)
    assert (await desk.call("GET", path, key=key)).status_code == 200


async def test_a_campaign_that_does_not_exist_is_a_404(desk: Desk) -> None:
    answer = await desk.call("POST", "/sms/v1/campaigns/none/messages", request())
    assert answer.status_code == 404


async def test_a_rate_limit_answers_429_until_the_second_is_over(desk: Desk) -> None:
    desk.set(rate_limit=1)
    statuses = [(await desk.post()).status_code for _ in range(2)]
    await desk.clock.advance(timedelta(seconds=1))
    refused = (await desk.post()).status_code
    assert [*statuses, refused] == [201, 429, 201]


async def test_an_unknown_route_names_the_nearest(desk: Desk) -> None:
    answer = await desk.call("GET", "/sms/v1/message")
    assert answer.status_code == 404
    assert "GET /sms/v1/messages" in answer.json()["detail"]
    assert desk.events("route.unknown")[0]["nearest"] == "GET /sms/v1/messages"


async def test_a_wrong_method_names_the_right_ones(desk: Desk) -> None:
    answer = await desk.call("PUT", "/sms/v1/messages")
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET, POST")
