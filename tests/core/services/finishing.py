"""A send brought to its end, and held against what must be left of it."""

from tests.core.harness import Harness

DAY = 86400


async def finish(harness: Harness, seconds: float = DAY) -> None:
    await harness.execute()
    await harness.advance(seconds)


async def check_sent_once(harness: Harness) -> None:
    message = await harness.message()
    assert [sms["refClient"] for sms in harness.smsmode.sent] == ["ap-1"]
    assert (message.status, message.smsmode_id) == ("sent", "sms-1")
    assert [o["hs_execution_state"] for _, o in harness.hubspot.completions] == ["SUCCESS"]
    assert harness.labels() == ["Transmis"]
    assert await harness.core.queue.next_due() is None
