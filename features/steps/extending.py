"""The card of a UI extension: what it asks of the integration, by way of HubSpot."""

import hashlib

from pytest_bdd import parsers, then, when

from features.signed import extension, fetch, integration
from features.stage import Stage


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


@when(parsers.parse('the extension asks for a preview of "{text}" as "{kind}"'))
def extension_previews(stage: Stage, text: str, kind: str) -> None:
    body = {"contactId": stage.contact_id, "type": kind, "text": text}
    assert extension(stage, "POST", "preview", body).status_code == 200


@then(parsers.parse('the preview shows "{text}", {characters:d} characters and {parts:d} SMS'))
def extension_preview(stage: Stage, text: str, characters: int, parts: int) -> None:
    assert stage.answer is not None
    told = stage.answer.json()
    assert (told["text"], told["characters"], told["parts"]) == (text, characters, parts)
