"""The customer's site: registering, signing in and out, and what it keeps safe."""

import re
from datetime import timedelta

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fakes.smsmode.profile import Company, Contact, Profile
from fakes.smsmode.site.completeness import Item, is_verified, percentage, remaining
from fakes.smsmode.site.passwords import CHECKS, Rule, unmet
from fakes.smsmode.site.texts import TEXTS
from tests.fakes.smsmode.conftest import PHONE, Desk

PASSWORD = "Salon-de-l-agriculture-2026"  # noqa: S105 - a made-up one
TYPED = {
    "company": "Salon",
    "first_name": "Jean",
    "last_name": "MARTIN",
    "country": "FR",
    "email": "j@salon.example",
    "password": PASSWORD,
    "terms": "on",
}


def hidden(page: httpx.Response, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page.text)
    assert found, page.text
    return found[1]


async def register(desk: Desk, visitor: httpx.AsyncClient, **changes: str) -> httpx.Response:
    captcha = hidden(await visitor.get("/register"), "captcha_id")
    letters = (await desk.control("GET", f"/captchas/{captcha}")).json()["letters"]
    form = {**TYPED, "captcha_id": captcha, "captcha": letters, **changes}
    return await visitor.post("/register", data=form)


async def test_registering_signs_in_by_a_cookie_that_scripts_cannot_read(
    desk: Desk, visitor: httpx.AsyncClient
) -> None:
    answer = await register(desk, visitor)
    assert (answer.status_code, answer.headers["location"]) == (303, "/organisation")
    assert "HttpOnly" in answer.headers["set-cookie"]
    assert "SameSite=Lax" in answer.headers["set-cookie"]
    assert (await visitor.get("/organisation")).status_code == 200


async def test_a_captcha_serves_once_even_when_the_rest_is_right(
    desk: Desk, visitor: httpx.AsyncClient
) -> None:
    await register(desk, visitor, captcha_id="none")
    assert (await desk.control("GET", "/captchas/none")).status_code == 404
    assert desk.events("member.registered") == []


async def test_the_password_is_kept_as_a_hash_alone(desk: Desk, visitor: httpx.AsyncClient) -> None:
    await register(desk, visitor)
    assert PASSWORD not in repr(desk.smsmode.state.members)
    assert PASSWORD.encode() not in desk.journal.render()


@pytest.mark.parametrize(
    "path",
    ["", "/edit", "/members", "/billing", "/keys", "/blacklist"],
    ids=lambda path: path or "/",
)
async def test_whoever_is_not_signed_in_is_sent_to_the_login_page(
    visitor: httpx.AsyncClient, path: str
) -> None:
    answer = await visitor.get(f"/organisation{path}")
    assert (answer.status_code, answer.headers["location"]) == (303, "/login?over=1")


@pytest.mark.parametrize(
    "path",
    ["/edit", "/billing", "/blacklist", "/keys", "/keys/revoke", "/keys/notification"],
)
async def test_a_form_of_another_site_changes_nothing(
    desk: Desk, visitor: httpx.AsyncClient, path: str
) -> None:
    await register(desk, visitor)
    kinds = ("organisation.changed", "key.added", "key.revoked", "channel.added")
    before = [len(desk.events(kind)) for kind in kinds]
    channel = next(reversed(desk.smsmode.state.channels))
    forged = {"billing_email": "x@y.example", "first_name": "X", "token": "é", "number": PHONE}
    forged |= {"channel": channel, "name": "x", "role": "USER", "key": desk.key.credential_id}
    answer = await visitor.post(f"/organisation{path}", data=forged)
    assert answer.headers["location"] == "/login?over=1"
    assert [len(desk.events(kind)) for kind in kinds] == before


async def test_signing_out_ends_the_session(desk: Desk, visitor: httpx.AsyncClient) -> None:
    await register(desk, visitor)
    token = hidden(await visitor.get("/organisation"), "token")
    await visitor.post("/logout", data={"token": "wrong"})
    assert (await visitor.get("/organisation")).status_code == 200
    await visitor.post("/logout", data={"token": token})
    assert (await visitor.get("/organisation")).status_code == 303
    assert (await visitor.post("/logout", data={"token": token})).status_code == 303


async def test_the_owner_takes_a_number_off_the_blacklist(
    desk: Desk, visitor: httpx.AsyncClient
) -> None:
    await register(desk, visitor)
    (member,) = desk.smsmode.state.members.values()
    await desk.control("PUT", f"/blacklist/{PHONE}?scope={member.organisation_id}")
    await desk.control("PUT", f"/blacklist/{PHONE}?scope={desk.organisation.organisation_id}")
    page = await visitor.get("/organisation/blacklist")
    assert f"+{PHONE}" in page.text
    form = {"number": PHONE, "token": hidden(page, "token")}
    await visitor.post("/organisation/blacklist", data=form)
    assert "Aucun numéro" in (await visitor.get("/organisation/blacklist")).text
    (kept,) = desk.smsmode.state.traffic.blacklist
    assert kept == (desk.organisation.organisation_id, PHONE)


async def test_a_session_lasts_twelve_hours(desk: Desk, visitor: httpx.AsyncClient) -> None:
    await register(desk, visitor)
    await desk.clock.advance(timedelta(hours=11, minutes=59))
    assert (await visitor.get("/organisation")).status_code == 200
    await desk.clock.advance(timedelta(minutes=1))
    assert (await visitor.get("/organisation")).status_code == 303


@pytest.mark.parametrize(
    ("asked", "query", "words"),
    [
        ("", "", "Raison sociale"),
        ("en-GB,en;q=0.9", "", "Company name"),
        ("de, en;q=0.5, fr;q=0.8", "", "Raison sociale"),
        ("en", "?lang=fr", "Raison sociale"),
        ("x;q=z", "?lang=en", "Company name"),
    ],
)
async def test_pages_speak_the_readers_language(
    visitor: httpx.AsyncClient, asked: str, query: str, words: str
) -> None:
    page = await visitor.get(f"/register{query}", headers={"accept-language": asked})
    assert words in page.text


async def test_what_was_typed_is_escaped(desk: Desk, visitor: httpx.AsyncClient) -> None:
    answer = await register(desk, visitor, company='"><script>alert(1)</script>', terms="")
    assert answer.status_code == 422
    assert "<script>alert" not in answer.text


def test_every_text_is_in_both_languages() -> None:
    assert all(TEXTS["fr"].values())
    assert TEXTS["fr"].keys() == TEXTS["en"].keys()
    assert {f"rule_{rule}" for rule in Rule} <= TEXTS["fr"].keys()


@given(st.text(max_size=30))
def test_a_password_is_good_when_it_meets_each_rule(password: str) -> None:
    alphanumeric = sum(c.isascii() and c.isalnum() for c in password)
    broken = {
        Rule.LENGTH: len(password) < 15,
        Rule.DIGIT: not any(c in "0123456789" for c in password),
        Rule.ALPHANUMERIC: alphanumeric < 10,
    }
    found = set(unmet(password))
    assert {rule for rule, is_broken in broken.items() if is_broken} == found & broken.keys()
    assert len(CHECKS) == len(Rule)


def test_the_tutorials_organisation_is_at_35_percent_with_two_steps_left() -> None:
    contact = Contact(firstName="T", lastName="D", email="t@d.example", mobile="0611111111")
    company = Company(registrationNumber="123456789")
    profile = Profile(contact=contact, companyInformation=company)
    assert percentage(profile) == 35
    assert remaining(profile) == (Item.SIREN, Item.BILLING)


@pytest.mark.parametrize(
    ("number", "verified"),
    [("732829320", True), ("73282932000074", True), ("732829321", False), ("12", False)],
)
def test_a_sirens_check_digit_verifies_it(number: str, *, verified: bool) -> None:
    assert is_verified(Profile(companyInformation=Company(registrationNumber=number))) is verified


@pytest.mark.parametrize(
    ("language", "title"), [("fr", "Un smsmode sur cette machine"), ("en", "An smsmode on this")]
)
async def test_the_bare_address_leads_people_on(
    visitor: httpx.AsyncClient, language: str, title: str
) -> None:
    page = await visitor.get("/", headers={"accept-language": language})
    assert page.status_code == 200
    assert title in page.text
    links = set(re.findall(r'href="(/[^"]+)"', page.text)) - {"/?lang=fr", "/?lang=en"}
    assert len(links) == 8
    assert {(await visitor.get(link)).status_code for link in links} == {200}
