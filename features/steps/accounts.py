"""What a visitor does on smsmode's own pages: registering, completing the organisation, billing."""

import re
from html import unescape

from pytest_bdd import given, parsers, then, when

from features.stage import Stage

PASSWORD = "Salon-de-l-agriculture-2026"  # noqa: S105 - a made-up one
TYPED = {
    "company": "Salon Démo",
    "first_name": "Jean-Philippe",
    "last_name": "MARTIN",
    "country": "FR",
    "email": "jp.martin@salon.example",
}
KEPT = ("company", "first_name", "last_name", "email")
SIGN_UP = {"fr": "Inscription", "en": "Sign up"}


def visit_page(stage: Stage, path: str) -> None:
    stage.run(stage.browser.open(f"{stage.world.addresses.smsmode_ui}{path}"))


def letters(stage: Stage) -> str:
    """Return the letters that smsmode expects of the form at hand."""
    captcha = stage.browser.page.form_with("captcha_id").fields["captcha_id"]
    return str(stage.control_smsmode("GET", f"/captchas/{captcha}").json()["letters"])


def fill_in(stage: Stage, **changes: str) -> dict[str, str]:
    typed = {**TYPED, "password": PASSWORD, "terms": "on", "captcha": letters(stage), **changes}
    is_english = "lang=en" in stage.browser.page.url
    stage.run(stage.browser.submit(SIGN_UP["en" if is_english else "fr"], **typed))
    return typed


def organisations(stage: Stage) -> int:
    return len(stage.control_smsmode("GET", "/organisations").json()["organisations"])


@given("a visitor on smsmode's registration page", target_fixture="typed")
def a_visitor(stage: Stage) -> dict[str, str]:
    visit_page(stage, "/register")
    return {}


@when("the visitor registers", target_fixture="typed")
@given("the visitor has registered", target_fixture="typed")
def visitor_registers(stage: Stage) -> dict[str, str]:
    return fill_in(stage)


@when(
    parsers.re(r'the visitor registers with "(?P<name>\w+)" as "(?P<value>.*)"$'),
    target_fixture="typed",
)
def visitor_registers_with(stage: Stage, name: str, value: str) -> dict[str, str]:
    return fill_in(stage, **{name: value})


@given("somebody registered with the visitor's email")
def somebody_registered(stage: Stage) -> None:
    fill_in(stage, company="Autre")
    stage.browser.forget()
    visit_page(stage, "/register")


@when("the visitor reads the page in English")
def read_in_english(stage: Stage) -> None:
    stage.run(stage.browser.follow("English"))


@when(parsers.parse('the visitor follows "{words}"'))
def visitor_follows(stage: Stage, words: str) -> None:
    stage.run(stage.browser.follow(words))


@when(parsers.parse('the visitor follows the button "{words}"'))
def visitor_presses(stage: Stage, words: str) -> None:
    stage.run(stage.browser.submit(words))


@when(parsers.parse('the visitor signs in with the password "{password}"'))
def visitor_signs_in(stage: Stage, password: str) -> None:
    stage.run(stage.browser.submit("Connexion", email=TYPED["email"], password=password))


@when("the visitor signs in with their password")
def visitor_signs_in_rightly(stage: Stage) -> None:
    visitor_signs_in(stage, PASSWORD)


@when(
    parsers.parse(
        'the visitor completes the organisation with the phone "{phone}" and the SIREN "{siren}"'
    )
)
def visitor_completes(stage: Stage, phone: str, siren: str) -> None:
    stage.run(stage.browser.follow("Modifier"))
    stage.run(stage.browser.submit("Sauvegarder", phone=phone, siren=siren))


@when(parsers.re(r'the visitor gives the billing email "(?P<email>.*)"$'))
def visitor_gives_billing(stage: Stage, email: str) -> None:
    stage.run(stage.browser.submit("Sauvegarder", billing_email=email))


@then("the form asks for")
def form_asks(stage: Stage, datatable: list[list[str]]) -> None:
    for (label,) in datatable[1:]:
        assert label in stage.browser.page.text


@then(parsers.parse('"{country}" is preselected'))
def preselected(stage: Stage, country: str) -> None:
    assert re.search(rf"<option [^>]*selected>{country}<", stage.browser.page.html)


@then("the letters to copy are those that smsmode expects")
def letters_shown(stage: Stage) -> None:
    assert letters(stage) in stage.browser.page.text


@then("the letters to copy are others")
def letters_changed(stage: Stage, typed: dict[str, str]) -> None:
    assert letters(stage) != typed["captcha"]


@then(parsers.re(r'the account\'s page says "(?P<words>.*)"$'))
def account_says(stage: Stage, words: str) -> None:
    assert words in stage.browser.page.text, stage.browser.page.text


@then(parsers.parse('the account\'s page has the tabs "{one}", "{two}" and "{three}"'))
def account_tabs(stage: Stage, one: str, two: str, three: str) -> None:
    assert {one, two, three} <= stage.browser.page.links.keys()


@then("nothing asked for a credit card")
def no_card(typed: dict[str, str]) -> None:
    assert not [name for name in typed if "card" in name]


@then("what was typed is kept, but not the password")
def typed_kept(stage: Stage, typed: dict[str, str]) -> None:
    fields = stage.browser.page.form_with("captcha_id").fields
    assert {name: unescape(fields[name]) for name in KEPT} == {name: typed[name] for name in KEPT}
    assert fields["password"] == ""
    assert typed["password"] not in stage.browser.page.html


@then("no account was opened")
def no_account(stage: Stage) -> None:
    assert organisations(stage) == 1


@then(parsers.parse('the rule "{rule}" is shown unmet'))
def rule_unmet(stage: Stage, rule: str) -> None:
    assert f"{rule} (non respectée)" in stage.browser.page.text


@then("every other rule is shown met")
def others_met(stage: Stage) -> None:
    assert stage.browser.page.text.count("(respectée)") == 4


@then("the organisation has no phone yet")
def no_phone(stage: Stage) -> None:
    visit_page(stage, "/organisation")
    assert "Numéro de téléphone à compléter" in stage.browser.page.text
