"""The card on the contact record: HubSpot fetches it, and people press its buttons."""

import re
from collections.abc import Mapping
from typing import Any

from pytest_bdd import parsers, then, when

from features.signed import fetch, integration, signed
from features.stage import Stage
from sandbox.parties import EMAIL


def card_url(stage: Stage, **changes: object) -> str:
    query: dict[str, object] = {
        "userId": 1,
        "userEmail": EMAIL,
        "associatedObjectId": stage.contact_id,
        "associatedObjectType": "CONTACT",
        "portalId": stage.identities.portal_id,
        "smsmode_status": stage.contact("smsmode_status")["smsmode_status"] or "",
        **changes,
    }
    return integration(stage, "/hubspot/card", query)


@when("the marketer opens the contact record")
def open_record(stage: Stage) -> None:
    url = card_url(stage)
    answer = fetch(stage, url, signed(stage, url))
    assert answer.status_code == 200, answer.text
    stage.card = answer.json()


def buttons(card: Mapping[str, Any]) -> dict[str, str]:
    actions = [card["primaryAction"], *card["secondaryActions"]]
    assert {action["type"] for action in actions} == {"IFRAME"}
    return {action["label"]: action["uri"] for action in actions}


def told(result: Mapping[str, Any]) -> dict[str, str]:
    return {each["label"]: each["value"] for each in result["properties"]}


@when(parsers.parse('the marketer presses "{label}" on the card'))
def press_on_card(stage: Stage, label: str) -> None:
    open_record(stage)
    stage.run(stage.browser.open(buttons(stage.card)[label]))


@then(parsers.parse('the card shows "{title}"'))
def card_shows(stage: Stage, title: str) -> None:
    assert [result["title"] for result in stage.card["results"]] == [title]
    assert stage.card["totalCount"] == 0


@then(parsers.re(r"the card's buttons are (?P<labels>.*)"))
def card_buttons(stage: Stage, labels: str) -> None:
    assert list(buttons(stage.card)) == re.findall(r'"([^"]*)"', labels)


@then("the card lists, newest first")
def card_lists(stage: Stage, datatable: list[list[str]]) -> None:
    shown = [told(result) for result in stage.card["results"]]
    found = [[each["Message"], each["Statut"], each["Type d'envoi"]] for each in shown]
    assert found == datatable[1:]


@then(parsers.parse("the card counts {count:d} SMS in all"))
def card_counts(stage: Stage, count: int) -> None:
    assert stage.card["totalCount"] == count


@then(parsers.parse('the card\'s "{label}" is "{value}"'))
def card_property(stage: Stage, label: str, value: str) -> None:
    assert told(stage.card["results"][0])[label] == value


@then(parsers.parse('the card\'s first SMS reads "{status}"'))
def card_first(stage: Stage, status: str) -> None:
    assert told(stage.card["results"][0])["Statut"] == status


@when(parsers.parse("somebody fetches the card {how}"))
def fetch_somehow(stage: Stage, how: str) -> None:
    url = card_url(stage)
    if how == "for an account without the app":
        url = card_url(stage, portalId=999)
    elif how == "without naming a contact":
        url = card_url(stage, associatedObjectId="")
    headers = {
        "without a signature": {},
        "with another secret": signed(stage, url, secret="another"),  # noqa: S106 - of nobody
        "with a signature of 10 minutes": signed(stage, url, age=600),
    }
    fetch(stage, url, headers.get(how, signed(stage, url)))


@then(parsers.parse('the card is refused with {status:d}, "{code}"'))
def card_refused(stage: Stage, status: int, code: str) -> None:
    assert stage.answer is not None
    assert (stage.answer.status_code, stage.answer.json()["error"]["code"]) == (status, code)


@then(parsers.parse('the refusal stands beside "{field}"'))
def refusal_field(stage: Stage, field: str) -> None:
    assert stage.answer is not None
    assert stage.answer.json()["error"]["field"] == field


def shown_card(stage: Stage) -> dict[str, Any]:
    found = stage.control_hubspot("GET", f"/contacts/{stage.contact_id}/cards")["results"]
    (card,) = found
    assert card["message"] == ""
    return dict(card)


@then(parsers.parse('the record shows the card "{title}" with the SMS "{text}"'))
def record_shows(stage: Stage, title: str, text: str) -> None:
    card = shown_card(stage)
    assert card["title"] == title
    assert [result["title"] for result in card["results"]] == [text]


@when(parsers.parse('the marketer presses the record\'s button "{label}"'))
def press_on_record(stage: Stage, label: str) -> None:
    card = shown_card(stage)
    action = next(each for each in card["actions"] if each["label"] == label)
    path = f"/contacts/{stage.contact_id}/cards/{card['cardId']}/actions"
    opened = stage.control_hubspot("POST", path, {"actionId": action["actionId"]})
    stage.run(stage.browser.open(opened["url"]))
