"""Accounts take turns: a campaign of one does not hold up the others."""

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection

from core.ports import Retry, Urgency
from tests.core.queue.rig import Hands, Rig

BUSY, QUIET = 1, 2

HUNDRED_THOUSAND = f"""
    INSERT INTO procrastinate_jobs
        (queue_name, task_name, priority, turn, args, status, scheduled_at, attempts)
    WITH RECURSIVE numbers (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM numbers WHERE n < 99999)
    SELECT '{BUSY}', 'core', {Urgency.BULK:d}, n, '{{"kind": "send", "item": "' || n || '", "attempt": 0}}',
           'todo', 0, 0
    FROM numbers
"""  # noqa: S608 - constants of ours
"""A campaign that waits, as that many promises would have left it."""


async def campaign(rig: Rig, account: int, size: int, *, urgency: Urgency = Urgency.BULK) -> None:
    def promise(tx: Connection) -> None:
        for n in range(size):
            rig.queue.enqueue(tx, "send", f"{account}-{n}", account=account, urgency=urgency)

    await rig.database.run(promise)


async def test_a_notification_goes_before_every_campaign(rig: Rig) -> None:
    hands = Hands()
    await campaign(rig, BUSY, 50)
    await rig.put("send", "notification", account=BUSY)
    await rig.queue.drain(hands, limit=1)
    assert hands.items == ["notification"]


async def test_a_hundred_thousand_of_one_account_delay_no_single_task_of_another() -> None:
    rig, hands = Rig(), Hands()
    await rig.database.run(lambda tx: tx.exec_driver_sql(HUNDRED_THOUSAND))
    await rig.put("send", "promotion", account=QUIET, urgency=Urgency.BULK)
    await rig.put("send", "notification", account=QUIET)
    assert await rig.queue.drain(hands, limit=3) == 3
    assert hands.items[0] == "notification"
    assert "promotion" in hands.items[1:]
    rig.stop()


async def test_anothers_single_task_waits_for_one_task_of_a_campaign(rig: Rig) -> None:
    hands = Hands()
    await campaign(rig, BUSY, 50, urgency=Urgency.USUAL)
    await rig.put("send", "single", account=QUIET)
    await rig.queue.drain(hands, limit=2)
    assert hands.items == [f"{BUSY}-0", "single"]


async def test_who_comes_late_does_not_wait_for_the_rest_of_a_campaign(rig: Rig) -> None:
    hands = Hands()
    await campaign(rig, BUSY, 50)
    await rig.queue.drain(hands, limit=20)
    await campaign(rig, QUIET, 2)
    await rig.queue.drain(hands, limit=4)
    assert hands.items[20:] == [f"{BUSY}-20", f"{QUIET}-0", f"{BUSY}-21", f"{QUIET}-1"]


async def test_who_comes_late_does_not_hold_up_who_was_there(rig: Rig) -> None:
    hands = Hands()
    await campaign(rig, BUSY, 50)
    await rig.queue.drain(hands, limit=20)
    await campaign(rig, QUIET, 50)
    await rig.queue.drain(hands, limit=20)
    served = [item.partition("-")[0] for item in hands.items[20:]]
    assert served.count(str(BUSY)) == served.count(str(QUIET)) == 10


async def test_a_campaign_that_is_put_off_does_not_hold_up_the_others(rig: Rig) -> None:
    hands = Hands([Retry(at=rig.later(60), counted=False)] * 50)
    await campaign(rig, BUSY, 50)
    await rig.queue.drain(hands)
    rig.wait(60)
    await campaign(rig, QUIET, 2)
    await rig.queue.drain(hands, limit=4)
    assert hands.items[50:] == [f"{BUSY}-0", f"{QUIET}-0", f"{BUSY}-1", f"{QUIET}-1"]


async def test_an_account_that_was_quiet_for_long_has_saved_up_nothing(rig: Rig) -> None:
    hands = Hands()
    await campaign(rig, BUSY, 30)
    await rig.queue.drain(hands)
    await campaign(rig, QUIET, 10)
    await campaign(rig, BUSY, 10)
    await rig.queue.drain(hands, limit=4)
    assert hands.items[30:] == [f"{QUIET}-0", f"{BUSY}-0", f"{QUIET}-1", f"{BUSY}-1"]


@settings(max_examples=40, deadline=None)
@given(sizes=st.lists(st.integers(min_value=1, max_value=12), min_size=1, max_size=4))
async def test_no_account_gets_two_turns_while_another_that_waits_gets_none(
    sizes: list[int],
) -> None:
    rig, hands, left = Rig(), Hands(), dict(enumerate(sizes))
    for account, size in left.items():
        await campaign(rig, account, size)
    await rig.queue.drain(hands)
    served = [int(item.partition("-")[0]) for item in hands.items]
    while served:
        waiting = [account for account, count in left.items() if count]
        turn, served = served[: len(waiting)], served[len(waiting) :]
        assert sorted(turn) == waiting
        for account in turn:
            left[account] -= 1
    rig.stop()
