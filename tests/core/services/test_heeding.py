"""A consent that is withdrawn on HubSpot calls off what waits, and nothing else."""

from datetime import timedelta
from typing import Any

import httpx
import pytest

from core.domain.consent import ConsentPolicy
from tests.core.builders import OTHER_PORTAL
from tests.core.harness import Harness
from tests.core.services.living import deletion, deliver

HOUR = 3600


def consent(value: object, **more: Any) -> dict[str, Any]:
    changed = {"propertyName": "smsmode_consent", "propertyValue": value}
    return deletion(subscriptionType="contact.propertyChange", **{**changed, **more})


@pytest.fixture
async def evening(linked: Harness) -> Harness:
    """A core that holds a promotional SMS back until the morning, for each of two contacts."""
    await linked.advance(11 * HOUR)
    await linked.execute("ap-1")
    await linked.execute("ap-2", contact_id=513)
    return linked


async def sent_by_noon(harness: Harness) -> set[str]:
    await harness.advance(15 * HOUR)
    return {sms["refClient"] for sms in harness.smsmode.sent}


async def test_what_waits_for_who_consents_no_more_is_refused(evening: Harness) -> None:
    await deliver(evening, consent("false"))
    assert await sent_by_noon(evening) == {"ap-2"}
    outputs = dict(evening.hubspot.completions)
    assert outputs["ap-1"]["errorCode"] == "no_consent"
    assert (await evening.message("ap-1")).status == "refused"


@pytest.mark.parametrize(
    "notice",
    [
        consent("true"),
        consent(""),
        consent(None),
        consent("false", propertyName="phone"),
        consent("false", portalId=OTHER_PORTAL),
    ],
)
async def test_other_news_call_nothing_off(evening: Harness, notice: dict[str, Any]) -> None:
    await deliver(evening, notice)
    assert await sent_by_noon(evening) == {"ap-1", "ap-2"}


async def test_silence_refuses_where_consent_must_be_given(evening: Harness) -> None:
    evening.restart(consent=ConsentPolicy.OPT_IN)
    await deliver(evening, consent(""))
    assert await sent_by_noon(evening) == {"ap-2"}


async def test_notifications_go_out_all_the_same(linked: Harness) -> None:
    linked.smsmode.trouble("POST", 429, headers={"retry-after": "60"})
    await linked.execute("ap-1", type="notification")
    await linked.settle()
    await deliver(linked, consent("false"))
    await linked.advance(61)
    assert len(linked.smsmode.sent) == 1


async def test_an_sms_that_smsmode_is_just_being_given_is_not_called_off(linked: Harness) -> None:
    linked.restart(campaign_wait=timedelta())
    linked.smsmode.meanwhile = lambda: deliver(linked, consent("false"))
    await linked.execute("ap-1")
    await linked.advance(2)
    assert len(linked.smsmode.sent) == 1
    assert (await linked.message("ap-1")).status == "sent"
    assert linked.labels() == ["Transmis"]


@pytest.mark.parametrize("trouble", [429, 503, httpx.ReadTimeout])
@pytest.mark.parametrize("others", [set(), {"ap-1"}], ids=["alone", "in-a-campaign"])
async def test_an_sms_that_smsmode_did_not_take_then_is_not_tried_again(
    linked: Harness, others: set[str], trouble: int | type[Exception]
) -> None:
    linked.smsmode.meanwhile = lambda: deliver(linked, consent("false"))
    linked.smsmode.trouble("POST", trouble)
    await linked.execute("ap-0")
    for other in others:
        await linked.execute(other, contact_id=513)
    await linked.advance(HOUR)
    assert {sms["refClient"] for sms in linked.smsmode.sent} == others
    assert (await linked.message("ap-0")).status == "refused"
    assert dict(linked.hubspot.completions)["ap-0"]["errorCode"] == "no_consent"


async def test_a_value_that_is_no_text_is_refused(linked: Harness) -> None:
    answer = await deliver(linked, consent(7))
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "malformed_request")
