"""Filling in the form of an SMS, and what comes out of it."""

import json

from pytest_bdd import given, parsers, then, when

from fakes.kit.journal import Exchange
from features.stage import KINDS, Stage


@when(parsers.re(r'an SMS "(?P<text>.*)" goes to a contact whose phone is "(?P<phone>.*)"$'))
def send_to_phone(stage: Stage, text: str, phone: str) -> None:
    stage.add_contact("Ada", "BERNARD", phone)
    stage.send(text=text)


@when(
    parsers.re(
        r'an SMS "(?P<text>[^"]*)" goes from "(?P<sender>[^"]*)" to a contact whose phone is '
        r'"(?P<phone>.*)"$'
    )
)
def send_from_to_phone(stage: Stage, text: str, sender: str, phone: str) -> None:
    stage.add_contact("Ada", "BERNARD", phone)
    stage.send(text=text, sender=sender)


@when(parsers.re(r'an SMS "(?P<text>.*)" goes to "(?P<first>[^"]*)" "(?P<last>[^"]*)"$'))
def send_to_person(stage: Stage, text: str, first: str, last: str) -> None:
    stage.add_contact(first, last, "06 00 01 00 99")
    stage.send(text=text)


@when(parsers.parse('an SMS "{text}" goes out as "{kind}"'))
def send_as(stage: Stage, text: str, kind: str) -> None:
    stage.send(text=text, type=KINDS[kind])


@when(parsers.parse('an SMS "{text}" goes out from "{sender}"'))
def send_from(stage: Stage, text: str, sender: str) -> None:
    stage.send(text=text, sender=sender)


@when(parsers.parse('an SMS "{text}" goes out in Unicode'))
def send_unicode(stage: Stage, text: str) -> None:
    stage.send(text=text, type="notification", encoding="UNICODE")


@when(parsers.parse("a notification of {count:d} characters goes out"))
def send_long(stage: Stage, count: int) -> None:
    stage.send(text="a" * count, type="notification")


@when(parsers.parse("a notification of {count:d} characters goes out in Unicode"))
def send_long_unicode(stage: Stage, count: int) -> None:
    stage.send(text="ê" * count, type="notification", encoding="UNICODE")


@when(
    parsers.parse(
        'a notification of {before:d} characters, a "€" and {after:d} characters goes out'
    )
)
def send_straddling(stage: Stage, before: int, after: int) -> None:
    stage.send(text="a" * before + "€" + "a" * after, type="notification")


@when(
    parsers.parse(
        "a promotional SMS of {count:d} characters goes out without asking for the mention"
    )
)
def send_promotional(stage: Stage, count: int) -> None:
    stage.send(text="a" * count, stop="false")


@given("smsmode writes the mention as the tutorial shows it")
def tutorial_mention(stage: Stage) -> None:
    answer = stage.control_smsmode("PATCH", "/settings", {"stop_mention": "tutorial"})
    assert answer.status_code == 200


@then(parsers.parse('the phone "{phone}" has received {count:d} SMS'))
def other_phone_received(stage: Stage, phone: str, count: int) -> None:
    assert len(stage.received(phone)) == count


@then(parsers.parse("the phone has received {count:d} SMS"))
def phone_received_count(stage: Stage, count: int) -> None:
    assert len(stage.received()) == count


@then(parsers.re(r'the phone has received "(?P<text>.*)"$'))
def phone_received(stage: Stage, text: str) -> None:
    assert stage.received()[-1]["text"] == text


@then(parsers.parse('the phone\'s SMS ends with "{ending}"'))
def phone_sms_ends(stage: Stage, ending: str) -> None:
    assert stage.received()[-1]["text"].endswith(ending)


@then(parsers.parse('the phone\'s SMS holds "{words}"'))
def phone_sms_holds(stage: Stage, words: str) -> None:
    assert words in stage.received()[-1]["text"]


@then(parsers.parse('the phone shows the sender "{sender}"'))
def phone_shows_sender(stage: Stage, sender: str) -> None:
    assert stage.received()[-1]["with"] == sender


@then(parsers.parse("smsmode counts {characters:d} characters and {parts:d} SMS"))
def smsmode_counts(stage: Stage, characters: int, parts: int) -> None:
    last = stage.received()[-1]
    assert (last["length"], last["parts"]) == (characters, parts)


@then("the phone shows them as one")
def phone_shows_one(stage: Stage) -> None:
    assert len(stage.received()) == 1


def preview(stage: Stage, **draft: str) -> dict[str, int]:
    found: dict[str, int] = stage.run(
        stage.furnisher.operate("POST", "/operator/preview", {"type": "notification"} | draft)
    )
    return found


@then(parsers.parse("the editor's counter shows {characters:d} characters and {parts:d} SMS"))
def counter_shows(stage: Stage, characters: int, parts: int) -> None:
    shown = preview(stage, text="a" * characters)
    assert (shown["characters"], shown["parts"]) == (characters, parts)


@then(
    parsers.parse(
        "the editor's counter of Unicode shows {characters:d} characters and {parts:d} SMS"
    )
)
def unicode_counter_shows(stage: Stage, characters: int, parts: int) -> None:
    shown = preview(stage, text="ê" * characters, encoding="UNICODE")
    assert (shown["characters"], shown["parts"]) == (characters, parts)


@then(
    parsers.parse(
        "the editor's counter of a promotional SMS of {count:d} characters shows "
        "{characters:d} characters and {parts:d} SMS"
    )
)
def promotional_counter_shows(stage: Stage, count: int, characters: int, parts: int) -> None:
    shown = preview(stage, text="a" * count, type="promotional")
    assert (shown["characters"], shown["parts"]) == (characters, parts)


@then(parsers.parse('the editor counts {characters:d} characters and {parts:d} SMS for "{text}"'))
def editor_counts(stage: Stage, characters: int, parts: int, text: str) -> None:
    shown = preview(stage, text=text)
    assert (shown["characters"], shown["parts"]) == (characters, parts)


@then(parsers.parse('smsmode has sent it on the channel "{name}"'))
def sent_on_channel(stage: Stage, name: str) -> None:
    channels = stage.control_smsmode("GET", "/channels").json()["channels"]
    names = {channel["channelId"]: channel["name"] for channel in channels}
    assert names[stage.received()[-1]["channelId"]] == name


@then("nothing was debited")
def nothing_debited(stage: Stage) -> None:
    assert float(stage.balance()) == 100


@then(parsers.parse('HubSpot\'s call holds "{name}" with the value "{value}"'))
def call_holds(stage: Stage, name: str, value: str) -> None:
    calls = [
        json.loads(entry.data.request_body)
        for entry in stage.world.journal.entries()
        if isinstance(entry.data, Exchange) and entry.data.url.endswith("/hubspot/action")
    ]
    assert calls[-1]["object"]["properties"][name] == value
