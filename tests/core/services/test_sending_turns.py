"""Turns: a key that may not send now lets its SMS wait, each for its own turn and no longer."""

from datetime import timedelta

from tests.core.harness import Harness


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


async def test_a_campaign_that_is_asked_to_wait_holds_its_keys_other_sends(linked: Harness) -> None:
    linked.smsmode.trouble("/campaigns", 429)
    for number in range(2):
        phone = f"+3361111110{number}"
        await linked.execute(f"ap-{number}", text="Bonjour", properties={"phone": phone})
    await linked.advance(2)
    await linked.execute("ap-2", text="Autre chose")
    await linked.advance(59)
    assert len(linked.smsmode.calls_to("POST")) == 1
    await linked.advance(2)
    assert len(linked.smsmode.sent) == 3


async def test_a_question_that_is_to_wait_holds_its_keys_sends_and_not_the_others(
    linked: Harness,
) -> None:
    linked.restart(reconcile_after=timedelta(hours=2))
    await accept(linked, 1)
    await linked.advance(7100)
    linked.smsmode.trouble("GET", 429, headers={"retry-after": "600"})
    await linked.advance(200)
    await linked.execute("held", type="notification")
    await linked.execute("free", type="promotional")
    await linked.advance(300)
    assert [sms["refClient"] for sms in linked.smsmode.sent] == ["ap-0", "free"]
    assert len(linked.smsmode.calls_to("/messages/sms-")) == 1
    await linked.advance(300)
    assert len(linked.smsmode.sent) == 3


async def test_questions_wait_for_their_keys_turn(linked: Harness) -> None:
    linked.restart(reconcile_after=timedelta(hours=2), smsmode_sends=1)
    await accept(linked, 20)
    await linked.advance(7205)
    before = len(linked.smsmode.calls_to("/messages/sms-"))
    await linked.advance(5)
    assert 4 <= len(linked.smsmode.calls_to("/messages/sms-")) - before <= 6
    await linked.advance(60)
    assert len(linked.smsmode.calls_to("/messages/sms-")) == 20


async def test_a_backlog_is_looked_at_about_once_a_turn(linked: Harness) -> None:
    linked.restart(smsmode_sends=4)
    await accept(linked, 60)
    tries = await linked.advance(30)
    assert len(linked.smsmode.sent) == 60
    assert tries < 3 * 60


async def test_campaigns_that_wait_are_looked_at_about_once_a_turn(linked: Harness) -> None:
    linked.restart(smsmode_sends=1, batch_wait=timedelta(hours=1))
    for number in range(40):
        phone, text = f"+336111111{number:02}", f"Bonjour {number // 2}"
        await linked.execute(f"ap-{number}", text=text, properties={"phone": phone})
    tries = await linked.advance(60)
    assert linked.smsmode.campaigns == [2] * 20
    assert tries < 3 * 20


async def test_a_backlog_goes_out_at_the_full_pace(linked: Harness) -> None:
    linked.restart(smsmode_sends=40)
    await accept(linked, 200)
    await linked.advance(4)
    assert len(linked.smsmode.sent) > 140
    await linked.advance(2)
    assert len(linked.smsmode.sent) == 200
