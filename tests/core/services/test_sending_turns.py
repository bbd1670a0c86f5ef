"""Turns: a key that may not send now lets its SMS wait, each for its own turn and no longer."""

from tests.core.builders import Harness


async def accept(harness: Harness, count: int) -> None:
    for number in range(count):
        await harness.execute(f"ap-{number}", type="notification")


async def test_one_answer_that_asks_to_wait_holds_all_of_a_keys_sends(linked: Harness) -> None:
    linked.smsmode.trouble("POST", 429, headers={"retry-after": "30"})
    await accept(linked, 20)
    await linked.advance(29)
    assert len(linked.smsmode.calls_to("POST")) == 1
    await linked.advance(2)
    assert len(linked.smsmode.sent) == 20


async def test_a_backlog_is_looked_at_about_once_a_turn(linked: Harness) -> None:
    linked.restart(smsmode_sends=4)
    await accept(linked, 60)
    tries = await linked.advance(30)
    assert len(linked.smsmode.sent) == 60
    assert tries < 3 * 60


async def test_a_backlog_goes_out_at_the_full_pace(linked: Harness) -> None:
    linked.restart(smsmode_sends=40)
    await accept(linked, 200)
    await linked.advance(4)
    assert len(linked.smsmode.sent) > 140
    await linked.advance(2)
    assert len(linked.smsmode.sent) == 200
