"""The card on the contact record: HubSpot fetches it, and people press its buttons."""

import base64
import hashlib
import hmac
import json
import re
from collections.abc import Mapping
from html import unescape
from typing import Any
from urllib.parse import urlencode

import httpx
from pytest_bdd import given, parsers, then, when

from fakes.kit.journal import Exchange
from features.stage import KINDS, Stage
from sandbox.parties import EMAIL


def signed(stage: Stage, url: str, body: bytes = b"", **how: Any) -> dict[str, str]:
    """Return the headers of HubSpot's request; ``age`` in seconds, ``secret``, ``method``."""
    moment = stage.world.clock.now().timestamp() - how.get("age", 0)
    stamp = str(int(moment * 1000))
    source = f"{how.get('method', 'GET')}{url}".encode() + body + stamp.encode()
    secret = how.get("secret", stage.identities.client_secret)
    digest = hmac.new(secret.encode(), source, hashlib.sha256).digest()
    return {
        "x-hubspot-signature-v3": base64.b64encode(digest).decode(),
        "x-hubspot-request-timestamp": stamp,
    }


def integration(stage: Stage, path: str, query: Mapping[str, object]) -> str:
    return f"{stage.world.addresses.integration}{path}?{urlencode(query)}"


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


def fetch(stage: Stage, url: str, headers: Mapping[str, str]) -> httpx.Response:
    stage.answer = stage.run(stage.world.http.get(url, headers=headers))
    return stage.answer


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


def extension(
    stage: Stage,
    method: str,
    path: str,
    body: object = None,
    *,
    query: Mapping[str, object] | None = None,
    more: str = "",
) -> httpx.Response:
    """Make a request as HubSpot's proxy does for the card of a UI extension."""
    identity = {
        "contactId": stage.contact_id,
        "userId": 1,
        "portalId": stage.identities.portal_id,
        "userEmail": EMAIL,
        "appId": stage.identities.app_id,
    }
    url = integration(stage, f"/hubspot/card/{path}", {**identity, **(query or {})}) + more
    content = b"" if body is None else json.dumps(body).encode()
    headers = signed(stage, url, content, method=method)
    stage.answer = stage.run(
        stage.world.http.request(method, url, content=content, headers=headers)
    )
    return stage.answer


@when("the extension asks for the summary")
def ask_summary(stage: Stage) -> None:
    assert extension(stage, "GET", "summary").status_code == 200


@when(parsers.parse("the extension asks for the summary {how}"))
def ask_summary_somehow(stage: Stage, how: str) -> None:
    if how == "as another app":
        extension(stage, "GET", "summary", query={"appId": 1})
    elif how == "naming two accounts":
        extension(stage, "GET", "summary", more="&portalId=999")
    else:
        url = integration(stage, "/hubspot/card/summary", {"contactId": stage.contact_id})
        source = f"{stage.identities.client_secret}GET{url}".encode()
        second = {
            "x-hubspot-signature": hashlib.sha256(source).hexdigest(),
            "x-hubspot-signature-version": "v2",
        }
        fetch(stage, url, second if how == "with a signature of version 2" else {})


@then(parsers.parse('the extension is told of the SMS "{text}" with the status "{status}"'))
def extension_told(stage: Stage, text: str, status: str) -> None:
    assert stage.answer is not None
    (message,) = stage.answer.json()["messages"]
    assert (message["text"], message["status"]) == (text, status)


@then("it is told three links and the contact's phone")
def extension_links(stage: Stage) -> None:
    assert stage.answer is not None
    answer = stage.answer.json()
    assert len(answer["actions"]) == 3
    assert answer["contact"]["phone"] == stage.contact("phone")["phone"]


@when(parsers.re(r'the extension sends "(?P<text>.*)" with the request id "(?P<request>[^"]*)"$'))
def extension_sends(stage: Stage, text: str, request: str) -> None:
    body = {
        "contactId": stage.contact_id,
        "requestId": request,
        "type": "notification",
        "text": text,
    }
    extension(stage, "POST", "send", body)


@when(parsers.parse('the extension sends "{text}" with the request id "{request_id}" twice'))
def extension_sends_twice(stage: Stage, text: str, request_id: str) -> None:
    answers = []
    for _ in range(2):
        extension_sends(stage, text, request_id)
        assert stage.answer is not None
        answers.append((stage.answer.status_code, stage.answer.json()))
    assert answers[0] == answers[1]
    assert answers[0][0] == 201


@when("the extension saves templates that it read before")
def extension_saves_stale(stage: Stage) -> None:
    extension(stage, "PUT", "templates", {"version": 0, "templates": []})


@when("the extension asks for the checks")
def extension_asks_checks(stage: Stage) -> None:
    assert extension(stage, "GET", "checks").status_code == 200


@then(parsers.parse('the extension is told 5 checks, of which "{one}" and "{other}" are trouble'))
def extension_checks(stage: Stage, one: str, other: str) -> None:
    assert stage.answer is not None
    checks = stage.answer.json()["checks"]
    assert len(checks) == 5
    assert {each["check"] for each in checks if each["verdict"] == "trouble"} == {one, other}


# Through HubSpot's own screens


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


@when(parsers.parse('the extension asks HubSpot to send "{text}"'))
def extension_through_hubspot(stage: Stage, text: str) -> None:
    sms = {
        "contactId": stage.contact_id,
        "requestId": "request-1",
        "type": "notification",
        "text": text,
    }
    url = f"{stage.world.addresses.integration}/hubspot/card/send"
    asked = {"url": url, "method": "POST", "body": sms}
    answer = stage.control_hubspot("POST", f"/apps/{stage.identities.app_id}/fetch", asked)
    assert answer["status"] == 201, answer


# The form of an SMS


@given("the marketer reads English")
def reads_english(stage: Stage) -> None:
    stage.run(stage.browser.close())
    stage.browser = stage.world.browser(language="en")


@given(parsers.parse('a contact "{first}" "{last}"'))
def a_contact(stage: Stage, first: str, last: str) -> None:
    stage.add_contact(first, last, "06 00 01 00 99")


@given(parsers.parse('a contact whose phone is "{phone}"'))
def contact_with_phone(stage: Stage, phone: str) -> None:
    stage.add_contact("Ada", "BERNARD", phone)


@then("the page shows the form of the action")
def shows_form(stage: Stage) -> None:
    path = f"/automation/v4/actions/{stage.identities.app_id}"
    found = stage.hubspot("GET", f"{path}?hapikey={stage.identities.developer_key}")["results"]
    for label in found[0]["labels"]["fr"]["inputFieldLabels"].values():
        assert label in stage.browser.page.text


def fill_in_sms(stage: Stage, text: str, kind: str, sender: str = "") -> None:
    button = "Envoyer" if "Envoyer" in stage.browser.page.text else "Send"
    stage.run(
        stage.browser.submit(button, text=text, type=KINDS[kind], sender=sender, encoding="GSM7")
    )


@when(parsers.re(r'the marketer sends "(?P<text>.*)" as "(?P<kind>[^"]*)"$'))
def send_from_card(stage: Stage, text: str, kind: str) -> None:
    fill_in_sms(stage, text, kind)


@when(
    parsers.re(r'the marketer sends "(?P<text>.*)" as "(?P<kind>[^"]*)" from "(?P<sender>[^"]*)"$')
)
def send_from_card_from(stage: Stage, text: str, kind: str, sender: str) -> None:
    fill_in_sms(stage, text, kind, sender)


@when(parsers.parse('the marketer sends "{text}" as "{kind}" and presses again'))
def send_twice(stage: Stage, text: str, kind: str) -> None:
    form = stage.browser.page
    fill_in_sms(stage, text, kind)
    first = stage.browser.page.text
    stage.browser.page = form
    fill_in_sms(stage, text, kind)
    assert stage.browser.page.text == first


@then(parsers.parse('the text of the form is "{text}"'))
def form_text(stage: Stage, text: str) -> None:
    found = re.search(r"<textarea[^>]*>\n?(.*?)</textarea>", stage.browser.page.html, re.DOTALL)
    assert found is not None
    assert unescape(found[1]) == text


@then(parsers.parse('the field "{field}" says "{message}"'))
def field_says(stage: Stage, field: str, message: str) -> None:
    html = stage.browser.page.html
    found = re.search(rf'<p class="problem" id="{field}-problem">(.*?)</p>', html)
    assert found is not None, html
    assert message in unescape(found[1])
    assert field == "to" or stage.browser.page.status == 422


@when(parsers.parse('the form asks for a preview of "{text}" as "{kind}"'))
def ask_preview(stage: Stage, text: str, kind: str) -> None:
    form_preview(stage, text=text, type=KINDS[kind])


@when(parsers.parse('the form asks for a preview of "{text}" with STOP'))
def ask_preview_with_stop(stage: Stage, text: str) -> None:
    form_preview(stage, text=text, type="notification", stop="true")


def form_preview(stage: Stage, **fields: str) -> None:
    form = stage.browser.page.form_with("link")
    body = {**form.fields, "encoding": "GSM7", **fields}
    url = f"{stage.world.addresses.integration}/card/preview"
    headers = {"accept-language": "fr"}
    stage.answer = stage.run(stage.world.http.post(url, data=body, headers=headers))
    assert stage.answer.status_code == 200, stage.answer.text


@then(parsers.parse('the preview shows "{text}" and "{counter}"'))
def preview_shows(stage: Stage, text: str, counter: str) -> None:
    assert stage.answer is not None
    assert (stage.answer.json()["text"], stage.answer.json()["counter"]) == (text, counter)


@then(parsers.parse('the preview\'s counter is "{counter}"'))
def preview_counter(stage: Stage, counter: str) -> None:
    assert stage.answer is not None
    assert stage.answer.json()["counter"] == counter


@then(parsers.parse('the window closes with "{action}"'))
def window_closes(stage: Stage, action: str) -> None:
    assert f'data-close-now="{action}"' in stage.browser.page.html


@when(parsers.parse("the marketer opens a link to the form that {fault}"))
def open_bad_link(stage: Stage, fault: str) -> None:
    open_record(stage)
    links = buttons(stage.card)
    url = links["Envoyer un SMS"]
    if fault == "was tampered with":
        url = url[:-1] + ("0" if url[-1] != "0" else "1")
    elif fault == "is for the templates":
        url = links["Éditer les modèles"].replace("/card/templates", "/card/send")
    else:
        stage.advance(hours=2)
    page = stage.run(stage.browser.open(url))
    assert page.status == 401


# The templates


@given(parsers.parse('the template "{name}" says "{text}"'))
def template_says(stage: Stage, name: str, text: str) -> None:
    save_templates(stage, name, text)


@when(parsers.parse('a colleague saves the template "{name}" saying "{text}"'))
def colleague_saves(stage: Stage, name: str, text: str) -> None:
    save_templates(stage, name, text)


def save_templates(stage: Stage, name: str, text: str) -> None:
    known = extension(stage, "GET", "templates").json()
    body = {
        "version": known["version"],
        "templates": [*known["templates"], {"name": name, "text": text}],
    }
    assert extension(stage, "PUT", "templates", body).status_code == 200


@when(parsers.re(r'the marketer writes the template "(?P<name>.*)" saying "(?P<text>.*)"$'))
def write_template(stage: Stage, name: str, text: str) -> None:
    stage.browser.page.form_with("draft").fields |= {"name": name, "text": text}


@then(parsers.parse('the form asks to "{label}"'))
def form_offers(stage: Stage, label: str) -> None:
    assert label in stage.browser.page.form_with("draft").buttons


@then(parsers.parse('the page offers the template "{name}"'))
def offers_template(stage: Stage, name: str) -> None:
    assert stage.browser.page.form_with("draft").buttons[name] == ("choose", name)


@then("no template is saved")
def none_saved(stage: Stage) -> None:
    assert extension(stage, "GET", "templates").json()["templates"] == []


@then(parsers.parse('the saved templates are "{names}"'))
def saved_templates(stage: Stage, names: str) -> None:
    refused = stage.answer
    found = extension(stage, "GET", "templates").json()["templates"]
    stage.answer = refused
    assert [each["name"] for each in found] == names.split(", ")


@then("smsmode was asked for nothing")
def smsmode_unasked(stage: Stage) -> None:
    smsmode = stage.world.addresses.smsmode_api
    sent = [
        entry
        for entry in stage.world.journal.entries()
        if isinstance(entry.data, Exchange)
        and entry.data.url.startswith(smsmode)
        and entry.data.method != "GET"
    ]
    assert sent == []
