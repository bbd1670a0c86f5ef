"""The form of an SMS, opened from the card: it is filled in, previewed and sent."""

import re
from html import unescape

from pytest_bdd import given, parsers, then, when

from fakes.kit.journal import Exchange
from features.stage import KINDS, Stage
from features.steps.carding import buttons, open_record


@given("the marketer reads English")
def reads_english(stage: Stage) -> None:
    stage.run(stage.browser.close())
    stage.browser = stage.world.browser(language="en")


@given(parsers.re(r'a contact "(?P<first>[^"]*)" "(?P<last>[^"]*)"$'))
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


@then(parsers.parse('the preview remarks "{words}"'))
def preview_remarks(stage: Stage, words: str) -> None:
    assert stage.answer is not None
    assert words in [each["message"] for each in stage.answer.json()["remarks"]]


@then("the preview remarks nothing")
def preview_remarks_nothing(stage: Stage) -> None:
    assert stage.answer is not None
    assert stage.answer.json()["remarks"] == []


@then("the box of the mention is ticked, and cannot be unticked")
def mention_ticked(stage: Stage) -> None:
    (box,) = re.findall(r'<input id="stop"[^>]*>', stage.browser.page.html)
    assert " checked disabled" in box


@then("the box of the mention is free")
def mention_free(stage: Stage) -> None:
    (box,) = re.findall(r'<input id="stop"[^>]*>', stage.browser.page.html)
    assert "checked" not in box
    assert "disabled" not in box


@when(parsers.parse('the marketer asks for a preview as "{kind}"'))
def ask_for_preview(stage: Stage, kind: str) -> None:
    stage.run(stage.browser.submit("Aperçu", text="Bonjour", type=KINDS[kind]))


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
