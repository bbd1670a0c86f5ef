"""Magic numbers: each has its timeline, and the page that tells them is generated."""

import time
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from fakes.kit.clock import EPOCH
from fakes.smsmode import magic
from fakes.smsmode.fates import FATES, MAGIC_NUMBERS
from tests.fakes.smsmode.conftest import Desk, Listener

PAGE = Path(__file__).parents[3] / "docs" / "magic-numbers.md"
NUMBERS = {fate: number for number, fate in MAGIC_NUMBERS.items()}
TAKEN = (0.2, "ENROUTE")
DAY = 26 * 3600.0
TIMELINES: dict[str, list[tuple[float, str]]] = {
    "delivered": [TAKEN, (3, "DELIVERED")],
    "delayed": [TAKEN, (DAY, "DELIVERED")],
    "expired": [TAKEN, (DAY, "UNDELIVERED EXPIRED")],
    "invalid": [TAKEN, (1, "UNDELIVERABLE INVALID_PHONE_NUMBER")],
    "landline": [TAKEN, (1, "UNDELIVERABLE INVALID_PHONE_NUMBER")],
    "blacklisted": [TAKEN, (1, "UNDELIVERABLE BLACKLISTED")],
    "no-credit": [TAKEN, (1, "UNDELIVERABLE INSUFFICIENT_CREDIT")],
    "spam": [TAKEN, (3, "UNDELIVERABLE SPAM")],
    "early": [(0, "DELIVERED")],
    "twice": [TAKEN, (3, "DELIVERED"), (8, "DELIVERED")],
    "disordered": [(3, "DELIVERED"), (8, "ENROUTE")],
    "unheard": [TAKEN, (3, "BUFFERED")],
    "silent": [],
    "replies-stop": [TAKEN, (3, "DELIVERED"), (8, "STOP (stop)")],
    "replies-arret": [TAKEN, (3, "DELIVERED"), (8, "ARRET")],
    "replies-oui": [TAKEN, (3, "DELIVERED"), (8, "oui")],
    "replies-emoji": [TAKEN, (3, "DELIVERED"), (8, "👍")],
}


def heard(desk: Desk, listener: Listener) -> list[tuple[float, str]]:
    moments = [datetime.fromisoformat(e["at"]) for e in desk.events("callback.attempted")]
    words = [_word(body) for body in listener.bodies]
    return [((m - EPOCH).total_seconds(), w) for m, w in zip(moments, words, strict=True)]


def _word(body: dict[str, dict[str, str]]) -> str:
    if "status" in body:
        return " ".join(filter(None, (body["status"]["value"], body["status"].get("detail"))))
    return body["body"]["text"] + (" (stop)" if body["body"].get("stop") else "")


@pytest.mark.parametrize("fate", TIMELINES)
async def test_a_magic_number_has_its_whole_timeline(
    desk: Desk, listener: Listener, fate: str
) -> None:
    await desk.send(to=NUMBERS[fate])
    await desk.clock.advance(timedelta(hours=48))
    assert heard(desk, listener) == TIMELINES[fate]


async def test_twenty_six_hours_pass_in_under_fifty_milliseconds(desk: Desk) -> None:
    took = []
    for _ in range(3):
        await desk.send(to=NUMBERS["expired"])
        begun = time.process_time()
        await desk.clock.advance(timedelta(hours=26))
        took.append(time.process_time() - begun)
    # The quickest: what else the process does, as collecting its garbage, is not the clock's.
    assert min(took) < 0.05
    assert len(desk.events("message.status")) == 6


def test_every_magic_number_has_a_timeline_here() -> None:
    assert TIMELINES.keys() == FATES.keys() == NUMBERS.keys()


async def test_a_reply_that_cannot_be_is_written_down(desk: Desk) -> None:
    await desk.send(to=NUMBERS["replies-oui"], sender="MaMarque")
    await desk.clock.advance(timedelta(seconds=10))
    assert desk.events("reply.lost")[0]["reason"] == "personalised-sender"


def test_the_documentation_is_what_is_generated() -> None:
    assert PAGE.read_text(encoding="utf-8") == magic.page()


async def test_the_endpoint_tells_the_same_table(desk: Desk) -> None:
    lines = (await desk.control("GET", "/magic-numbers")).json()["magicNumbers"]
    assert lines == [row.as_json() for row in magic.rows()]


async def test_arret_opts_out_only_where_the_setting_says_so_and_the_table_tells(
    desk: Desk,
) -> None:
    lines = (await desk.control("GET", "/magic-numbers")).json()["magicNumbers"]
    (row,) = [line for line in lines if line["fate"] == "replies-arret"]
    assert "no opt-out by default" in row["meaning"]
    assert "stop_words" in row["meaning"]
    for word, listed in (("STOP", 0), ("ARRET", 1)):
        await desk.control("PATCH", "/settings", {"stop_words": [word]})
        await desk.send(to=row["number"])
        await desk.clock.advance(timedelta(seconds=10))
        blacklist = (await desk.control("GET", "/blacklist")).json()["blacklist"]
        assert len(blacklist) == listed
