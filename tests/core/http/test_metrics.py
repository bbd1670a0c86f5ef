"""What Prometheus is told: what was counted, what waits, and nothing that would name anybody."""

import httpx
from prometheus_client import REGISTRY
from prometheus_client.parser import text_string_to_metric_families

from core.metrics import PREFIX
from tests.core.builders import CLIENT_SECRET, OPERATOR, PHONE, PORTAL, report
from tests.core.harness import Harness

Sample = tuple[str, tuple[tuple[str, str], ...]]


async def scrape(harness: Harness) -> dict[Sample, float]:
    headers = {"authorization": f"Bearer {OPERATOR}"}
    answer = await harness.request("GET", "/metrics", headers=headers)
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/plain; version=")
    return {
        (sample.name, tuple(sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(answer.text)
        for sample in family.samples
    }


def of(found: dict[Sample, float], name: str, **labels: str) -> float:
    return found.get((f"{PREFIX}_{name}", tuple(sorted(labels.items()))), 0)


async def test_the_way_of_an_sms_is_counted(linked: Harness) -> None:
    await linked.execute()
    await linked.execute("ap-2", text="")
    await linked.settle()
    await linked.call_back("status", report())
    await linked.call_back("status", report())
    await linked.advance(2)
    found = await scrape(linked)
    promotional = {"type": "promotional"}
    assert of(found, "sms_statuses_total", status="sent", **promotional) == 1
    assert of(found, "sms_statuses_total", status="received", **promotional) == 1
    assert of(found, "refusals_total", code="empty_text") == 1
    asked = {"method": "POST", "route": "/hubspot/action", "status": "200"}
    assert of(found, "http_request_seconds_count", **asked) == 2
    told = {"method": "POST", "route": "/smsmode/{key}/status", "status": "204"}
    assert of(found, "http_request_seconds_count", **told) == 2
    assert of(found, "vendor_call_seconds_count", vendor="smsmode", outcome="201") == 1
    assert of(found, "task_seconds_count", kind="send", outcome="done") == 1


async def test_what_waits_is_looked_at(linked: Harness) -> None:
    await linked.execute()
    linked.clock.jump(linked.clock.now() + linked.settings.blocked_for)
    found = await scrape(linked)
    assert of(found, "tasks", state="due") == 1
    assert of(found, "oldest_due_task_seconds") == linked.settings.blocked_for.total_seconds()
    assert of(found, "accounts", state="active") == 1
    assert of(found, "worker_stopped") == 0


async def test_what_was_given_up_is_looked_at(linked: Harness) -> None:
    await linked.database.run(lambda tx: linked.core.queue.enqueue(tx, "dance", "1"))
    await linked.settle()
    assert of(await scrape(linked), "tasks", state="given_up") == 1


async def test_no_answer_is_an_outcome_too(linked: Harness) -> None:
    linked.smsmode.trouble("POST", httpx.ReadTimeout)
    await linked.execute()
    await linked.settle()
    assert of(await scrape(linked), "vendor_call_seconds_count", vendor="smsmode", outcome="none")


async def test_what_others_make_up_makes_no_new_series(bare: Harness) -> None:
    for number in range(3):
        await bare.request(f"DANCE{number}", f"/nowhere/{number}")
    made_up = {"method": "other", "route": "unmatched", "status": "404"}
    assert of(await scrape(bare), "http_request_seconds_count", **made_up) == 3


async def test_nobody_is_named(linked: Harness) -> None:
    await linked.execute()
    await linked.settle()
    key = (await linked.install_of()).callback_key
    await linked.call_back("status", report())
    headers = {"authorization": f"Bearer {OPERATOR}"}
    told = (await linked.request("GET", "/metrics", headers=headers)).text
    for secret in (str(PORTAL), PHONE[1:], key, CLIENT_SECRET, OPERATOR, "Zoé", "ap-1"):
        assert secret not in told


async def test_each_core_counts_for_itself_and_the_process_for_none(
    bare: Harness,
) -> None:
    async with Harness() as other:
        await other.request("GET", "/health")
        asked = {"method": "GET", "route": "/health", "status": "200"}
        assert of(await scrape(other), "http_request_seconds_count", **asked) == 1
        assert of(await scrape(bare), "http_request_seconds_count", **asked) == 0
    assert not [family for family in REGISTRY.collect() if family.name.startswith(PREFIX)]
