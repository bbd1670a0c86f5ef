"""What the contact record and the phone show afterwards."""

import re
from collections.abc import Mapping
from html import unescape
from typing import Any

from pytest_bdd import given, parsers, then, when

from features.stage import Stage


def reads(header: str, pattern: str) -> bool:
    """Return whether a line is ``pattern``, in which ``…`` stands for a date or for digits."""
    return re.fullmatch(re.escape(pattern).replace("…", ".+"), header) is not None


@then("the timeline shows, newest first")
def timeline_shows(stage: Stage, datatable: list[list[str]]) -> None:
    headers = [event["header"] for event in stage.timeline()]
    expected = [row[0] for row in datatable[1:]]
    assert len(headers) == len(expected), headers
    for header, pattern in zip(headers, expected, strict=True):
        assert reads(header, pattern)


@then(parsers.re(r'the newest timeline event reads "(?P<pattern>.*)"$'))
def newest_event(stage: Stage, pattern: str) -> None:
    header = stage.timeline()[0]["header"]
    assert reads(header, pattern), header


@then("the newest timeline event's detail holds")
def newest_detail(stage: Stage, datatable: list[list[str]]) -> None:
    holds(stage.timeline()[0], datatable)


@then("the oldest timeline event's detail holds")
def oldest_detail(stage: Stage, datatable: list[list[str]]) -> None:
    holds(stage.timeline()[-1], datatable)


def holds(event: Mapping[str, Any], datatable: list[list[str]]) -> None:
    text = unescape(re.sub(r"<[^>]+>", "\n", event["detail"]))
    lines = [line for line in text.splitlines() if line.strip()]
    for (expected,) in datatable[1:]:
        assert any(reads(line.strip(), expected) for line in lines), (expected, lines)


@then(parsers.parse('the timeline shows one "{status}"'))
def one_event(stage: Stage, status: str) -> None:
    headers = [event["header"] for event in stage.timeline()]
    assert sum(f"[{status}]" in header for header in headers) == 1, headers


@then(parsers.parse('the timeline shows no "{status}"'))
def no_event(stage: Stage, status: str) -> None:
    assert not any(f"[{status}]" in event["header"] for event in stage.timeline())


@when(parsers.parse('the phone replies "{text}"'))
def phone_replies(stage: Stage, text: str) -> None:
    answer = stage.control_smsmode("POST", f"/phones/{stage.phone}/reply", {"text": text})
    assert answer.status_code == 201, answer.text


@given(parsers.parse('smsmode writes the mention abroad as "{form}"'))
def mention_abroad(stage: Stage, form: str) -> None:
    answer = stage.control_smsmode("PATCH", "/settings", {"foreign_mention": form})
    assert answer.status_code == 200, answer.text


@when("the recipient opts out by the link")
def opt_out_by_link(stage: Stage) -> None:
    browser = stage.new_browser()
    link = stage.received()[-1]["text"].rsplit(" ", 1)[1]
    stage.run(browser.open(f"https://{link}"))
    stage.run(browser.submit("Me désinscrire", number=f"+{stage.phone}"))
    assert "est désinscrit" in browser.page.text
    stage.run(browser.close())


@then(parsers.parse('the phone cannot reply, because of "{code}"'))
def phone_cannot_reply(stage: Stage, code: str) -> None:
    to = stage.received()[-1]["with"]
    answer = stage.control_smsmode(
        "POST", f"/phones/{stage.phone}/reply", {"text": "Bien reçu !", "to": to}
    )
    assert (answer.status_code, answer.json()["error"]) == (409, code)


@then(parsers.parse('"{name}" of the contact is "{value}"'))
def property_is(stage: Stage, name: str, value: str) -> None:
    assert stage.contact(name)[name] == value


@then(parsers.parse('"{name}" of the contact is unset'))
def property_unset(stage: Stage, name: str) -> None:
    assert not stage.contact(name)[name]
