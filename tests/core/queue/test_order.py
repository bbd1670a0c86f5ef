"""Lanes, keys and counts hold whatever is enqueued and however it goes."""

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from core.ports import Done, Outcome, Retry, Task
from tests.core.queue.rig import Hands, Rig

lanes = st.sampled_from([None, "a", "b"])
delays = st.integers(min_value=0, max_value=3)
tries = st.lists(st.tuples(delays, st.booleans()), max_size=3)


@settings(max_examples=60, deadline=None)
@given(plan=st.lists(st.tuples(lanes, delays, tries), max_size=8))
async def test_each_lane_ends_in_order_and_each_task_ends_once(
    plan: list[tuple[str | None, int, list[tuple[int, bool]]]],
) -> None:
    rig = Rig()
    left = {str(n): list(again) for n, (_, _, again) in enumerate(plan)}
    counted: Counter[str] = Counter()
    ended: list[str] = []

    async def handle(task: Task) -> Outcome:
        assert task.attempt == counted[task.item]
        if not left[task.item]:
            ended.append(task.item)
            return Done()
        delay, counts = left[task.item].pop(0)
        counted[task.item] += counts
        return Retry(at=rig.later(delay), counted=counts)

    for n, (lane, delay, _) in enumerate(plan):
        await rig.put("send", str(n), lane=lane, after=delay)
    while (due := await rig.queue.next_due()) is not None:
        rig.clock.jump(due)
        assert await rig.queue.drain(handle) > 0
    for wanted in ("a", "b"):
        lane_of = [item for item in ended if plan[int(item)][0] == wanted]
        assert lane_of == sorted(lane_of, key=int)
    assert sorted(ended, key=int) == [str(n) for n in range(len(plan))]
    rig.stop()


@settings(max_examples=60, deadline=None)
@given(steps=st.lists(st.one_of(st.sampled_from("abc"), st.none()), max_size=20))
async def test_at_most_one_task_with_a_key_waits(steps: list[str | None]) -> None:
    rig, hands, waiting, expected = Rig(), Hands(), set[str](), list[str]()
    for key in steps:
        if key is None:
            assert await rig.queue.drain(hands) == len(waiting)
            waiting.clear()
        else:
            assert await rig.put("flush", key, once=key) is (key not in waiting)
            expected += [] if key in waiting else [key]
            waiting.add(key)
    await rig.queue.drain(hands)
    assert hands.items == expected
    rig.stop()
