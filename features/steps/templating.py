"""The card's templates: written, saved by several people, and offered."""

import re

from pytest_bdd import given, parsers, then, when

from features.signed import extension
from features.stage import Stage


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
