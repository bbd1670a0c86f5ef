"""The page that tells the contract shows what apps are really sent, and held to."""

import json
import re
import shlex
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from core.clients.system import SystemClock
from sandbox.contract import signing
from sandbox.contract.bench import Bench
from sandbox.contract.runner import CHAPTERS, all_clauses
from sandbox.verify import read
from tests.sandbox.contract.sample import Sample

ROOT = Path(__file__).parents[3]
PAGE = (ROOT / "docs" / "contract.md").read_text(encoding="utf-8")
ADDRESS = "https://app.example/sms?from=hubspot%40work"
KEY = "my-secret"


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)


def shape(value: Any) -> Any:
    """Return the names of a JSON object, in order, to the bottom."""
    if not isinstance(value, dict):
        return None
    return [(name, shape(part)) for name, part in value.items()]


def test_the_clauses_are_all_there() -> None:
    told = [
        f"| {clause.id} | {clause.title} | {clause.why} |"
        for chapter in CHAPTERS
        for clause in chapter.clauses
    ]
    assert [line for line in PAGE.splitlines() if re.match(r"\| [ASR]\d", line)] == told


def test_the_readme_counts_them() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert f"Each of {len(all_clauses())} clauses is kept" in readme


def test_what_is_shown_is_what_is_sent() -> None:
    bench: Bench = Sample().bench(fields={"text": "Bonjour"}, properties={"phone": "+33600010001"})
    body = {"text": "STOP", "stop": True, "encoding": "GSM7", "messagePartCount": 1, "length": 4}
    sent = [json.loads(bench.execution()), bench.message(), bench.answer(body=body)]
    shown = [json.loads(block) for block in blocks("json")]
    assert [sorted(shape(each)) for each in shown] == [sorted(shape(each)) for each in sent]


def test_the_commands_are_understood() -> None:
    (make, by_hand) = blocks("sh")
    assert make == "make verify\n"
    program, *arguments = shlex.split(by_hand)
    assert (program, arguments[:2]) == (".venv/bin/python", ["-m", "sandbox.verify"])
    given = read(arguments[2:])
    assert (given.secret, given.field) == (KEY, [("text", "Bonjour")])


@pytest.fixture
def is_from_hubspot() -> Callable[..., bool]:
    """The function that readers copy."""
    found: dict[str, Any] = {}
    exec(blocks("python")[0], found)  # noqa: S102 - it is ours, and shown to be run
    function: Callable[..., bool] = found["is_from_hubspot"]
    return function


def signed(body: bytes, *, age: int = 0) -> dict[str, str]:
    stamp = int(signing.stamp_of(SystemClock().now())) - age * 1000
    given = signing.headers_v3(KEY, signing.signed_uri(ADDRESS), body, str(stamp))
    return {name.lower(): value for name, value in given.items()}


def test_the_check_that_is_shown_takes_what_hubspot_signs(
    is_from_hubspot: Callable[..., bool],
) -> None:
    body = '{"text": "Zoë 🙂"}'.encode()
    assert is_from_hubspot(KEY, "POST", ADDRESS, body, signed(body))


def test_the_check_that_is_shown_refuses_all_else(is_from_hubspot: Callable[..., bool]) -> None:
    body = b"{}"
    for headers in ({}, signed(b"[]"), signed(body, age=360), signed(body, age=-360)):
        assert not is_from_hubspot(KEY, "POST", ADDRESS, body, headers)
