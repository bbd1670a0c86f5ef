"""An SMS that was given up, and is replayed: it goes out once, unless it had or may not."""

from typing import Any

import httpx

from tests.core.builders import reply
from tests.core.harness import Harness
from tests.core.services.living import deletion, deliver

DAY = 86400
AWAY = 30
"""The tries that are made before an SMS is given up."""


async def give_up(harness: Harness) -> None:
    """Send an SMS to a smsmode that cannot be reached until it is given up."""
    harness.smsmode.trouble("POST", httpx.ConnectError, times=AWAY)
    await harness.execute()
    await harness.advance(3 * DAY)
    assert (await harness.message()).status == "refused"


async def replay(harness: Harness) -> int:
    """Have the only thing that was given up done again; return how many things that is."""
    named = [{"kind": "send", "item": (await harness.message()).id}]
    answer = await harness.operate("POST", "/failures/requeue", {"failures": named})
    await harness.advance(DAY)
    return int(answer.json()["count"])


async def test_an_sms_that_could_not_be_sent_goes_out(linked: Harness) -> None:
    await give_up(linked)
    assert await replay(linked) == 1
    assert [sms["refClient"] for sms in linked.smsmode.sent] == ["ap-1"]
    assert (await linked.message()).status == "sent"
    assert linked.labels() == ["Erreur permanente", "Transmis"]
    assert len(linked.hubspot.completions) == 1


async def test_an_sms_that_went_out_unheard_is_found_and_not_sent_again(linked: Harness) -> None:
    linked.smsmode.trouble("GET", httpx.ReadTimeout, times=AWAY)
    linked.smsmode.trouble("POST", httpx.ReadTimeout, done=True)
    await linked.execute()
    await linked.advance(3 * DAY)
    assert (await linked.message()).status == "refused"
    assert await replay(linked) == 1
    assert len(linked.smsmode.calls_to("POST")) == 1
    assert (await linked.message()).status == "sent"


async def test_an_sms_whose_recipient_said_stop_meanwhile_stays_refused(linked: Harness) -> None:
    await give_up(linked)
    await linked.call_back("inbound", reply("STOP"))
    assert await replay(linked) == 1
    assert linked.smsmode.sent == []
    assert (await linked.message()).status == "refused"


async def test_an_sms_whose_recipient_consents_no_more_stays_refused(linked: Harness) -> None:
    await give_up(linked)
    consent: dict[str, Any] = {"propertyName": "smsmode_consent", "propertyValue": "false"}
    await deliver(linked, deletion(subscriptionType="contact.propertyChange", **consent))
    assert await replay(linked) == 1
    assert linked.smsmode.sent == []
    assert (await linked.message()).status == "refused"


async def test_an_sms_that_smsmode_refused_was_not_given_up(linked: Harness) -> None:
    linked.smsmode.trouble("POST", 400)
    await linked.execute()
    await linked.advance(1)
    assert await replay(linked) == 0
    assert linked.smsmode.sent == []
    assert (await linked.message()).status == "refused"


async def test_an_sms_may_be_given_up_and_replayed_again(linked: Harness) -> None:
    await give_up(linked)
    linked.smsmode.trouble("POST", httpx.ConnectError, times=AWAY)
    assert await replay(linked) == 1
    await linked.advance(3 * DAY)
    assert await replay(linked) == 1
    assert [sms["refClient"] for sms in linked.smsmode.sent] == ["ap-1"]
