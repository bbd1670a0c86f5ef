"""Signing in, choosing an account, and agreeing to an app or not."""

import re
from datetime import timedelta

import pytest

from fakes.hubspot.oauth.scopes import PERMISSIONS, in_words
from tests.fakes.hubspot.world import EMAIL, PASSWORD, REDIRECT, SCOPES, World, csrf_in, query_of


async def test_without_a_session_the_install_url_shows_the_login_form_in_french(
    world: World,
) -> None:
    page = await world.browser.get("/oauth/authorize", params=world.asking())
    assert page.status_code == 200
    assert '<html lang="fr">' in page.text
    assert "Se souvenir de moi" in page.text


@pytest.mark.parametrize(
    ("query", "header", "lang"),
    [
        ({}, "en-GB,fr;q=0.5", "en"),
        ({}, "de,fr;q=0.5,en;q=0.3", "fr"),
        ({"lang": "en"}, "fr", "en"),
    ],
)
async def test_pages_speak_the_language_asked(
    world: World, query: dict[str, str], header: str, lang: str
) -> None:
    page = await world.browser.get("/login", params=query, headers={"accept-language": header})
    assert f'<html lang="{lang}">' in page.text


async def test_a_wrong_password_says_so_and_keeps_the_email(world: World) -> None:
    wrong = {"password": "nope"}
    page = await world.sign_in(**wrong)
    assert page.status_code == 401
    assert "mot de passe est incorrect" in page.text
    assert f'value="{EMAIL}"' in page.text


async def test_signing_in_leads_back_to_the_install_url(world: World) -> None:
    page = await world.browser.get("/oauth/authorize", params=world.asking())
    back = re.search(r'name="next" value="([^"]+)"', page.text)
    assert back is not None
    answer = await world.sign_in(next=back.group(1).replace("&amp;", "&"))
    assert answer.status_code == 303
    accounts = await world.browser.get(answer.headers["location"])
    assert f"/oauth/{world.portal.id}/authorize?" in accounts.text


async def test_signing_in_never_leads_to_another_host(world: World) -> None:
    answer = await world.sign_in(next="//evil.example/")
    assert answer.headers["location"] == "/login"


async def test_an_expired_session_asks_to_sign_in_again(world: World) -> None:
    await world.sign_in()
    await world.clock.advance(timedelta(hours=2))
    page = await world.browser.get("/oauth/authorize", params=world.asking())
    assert "Votre authentification a expiré" in page.text


async def test_a_remembered_session_outlives_the_day(world: World) -> None:
    await world.sign_in(remember="true")
    await world.clock.advance(timedelta(days=20))
    page = await world.browser.get("/oauth/authorize", params=world.asking())
    assert "Choisir un compte" in page.text


async def test_the_consent_page_names_the_app_and_its_permissions_in_words(world: World) -> None:
    await world.sign_in()
    page = await world.browser.get(f"/oauth/{world.portal.id}/authorize", params=world.asking())
    assert "smsmodeEnvoisMS" in page.text
    assert "Créer des événements chronologiques" in page.text
    assert "Connecter l&#39;application" in page.text
    assert "devis" not in page.text


@pytest.mark.parametrize(
    ("scopes", "lines"),
    [
        ("read", ["View properties and other details about contacts."]),
        ("write", ["Create, edit and delete contacts."]),
        (
            "read write",
            [
                (
                    "View properties and other details about contacts, "
                    "and create, edit and delete contacts."
                )
            ],
        ),
    ],
)
def test_each_scope_says_what_it_allows_by_itself(scopes: str, lines: list[str]) -> None:
    asked = [f"crm.objects.contacts.{scope}" for scope in scopes.split()]
    assert in_words(asked, "en") == {"Manage and view your CRM data": lines}


def test_every_scope_alone_has_a_line_of_its_own_kind() -> None:
    for scope in {scope for line in PERMISSIONS for scope in line.scopes}:
        for [[line]] in (in_words([scope], "fr").values(), in_words([scope], "en").values()):
            assert line != scope
            reads = line.startswith(("View", "Consulter"))
            assert reads or not scope.endswith(".read") or scope.startswith("media_bridge")
            assert not (scope.endswith(".write") and reads)


def test_a_line_that_two_scopes_share_stands_once() -> None:
    asked = ["crm.schemas.line_items.read", "crm.objects.line_items.read", "unheard.of"]
    assert in_words(asked, "en") == {
        "Manage and view your CRM data": ["View details about line items."],
        "Other permissions": ["unheard.of"],
    }


async def test_agreeing_leads_back_with_a_code_and_the_state(world: World) -> None:
    await world.sign_in()
    answer = await world.consent()
    assert answer.status_code == 302
    assert answer.headers["location"].startswith(REDIRECT)
    assert set(query_of(answer)) == {"code", "state"}
    assert query_of(answer)["state"] == "xyz"


async def test_cancelling_leads_back_with_access_denied(world: World) -> None:
    await world.sign_in()
    told = query_of(await world.consent("cancel"))
    assert told["error"] == "access_denied"
    assert told["state"] == "xyz"
    assert "code" not in told


async def test_a_consent_without_its_anti_forgery_field_is_refused(world: World) -> None:
    await world.sign_in()
    answer = await world.browser.post(
        f"/oauth/{world.portal.id}/authorize",
        params=world.asking(),
        data={"decision": "connect", "csrf": "guess"},
    )
    assert answer.status_code == 403
    assert world.hubspot.hub.state.codes == {}


async def test_someone_without_the_right_to_install_gets_no_code(world: World) -> None:
    person = {"email": "stagiaire@client.example", "password": PASSWORD}
    world.hubspot.add_user(**person, portals=[world.portal.id], can_install=False)
    await world.sign_in(**person)
    page = await world.browser.get(f"/oauth/{world.portal.id}/authorize", params=world.asking())
    assert page.status_code == 403
    assert csrf_in(page.text) == ""


async def test_the_account_of_somebody_else_cannot_be_chosen(world: World) -> None:
    other = world.hubspot.add_portal(name="Autre")
    await world.sign_in()
    page = await world.browser.get(f"/oauth/{other.id}/authorize", params=world.asking())
    assert page.status_code == 403


@pytest.mark.parametrize(
    "changed",
    [
        {"client_id": "unknown"},
        {"client_id": ""},
        {"redirect_uri": "https://evil.example/"},
        {"scope": " ".join(SCOPES[1:])},
        {"scope": " ".join((*SCOPES, "files"))},
    ],
)
async def test_a_wrong_install_url_is_a_page_and_never_a_redirect(
    world: World, changed: dict[str, str]
) -> None:
    page = await world.browser.get("/oauth/authorize", params=world.asking(**changed))
    assert page.status_code == 400
    assert "location" not in page.headers


async def test_a_missing_scope_is_named_on_the_page(world: World) -> None:
    page = await world.browser.get(
        "/oauth/authorize", params=world.asking(scope=" ".join(SCOPES[1:]))
    )
    assert SCOPES[0] in page.text


async def test_a_scope_that_the_account_lacks_is_refused_when_required_and_dropped_when_optional(
    world: World,
) -> None:
    world.portal.lacking_scopes = frozenset(("tickets",))
    await world.sign_in()
    refused = await world.browser.get(
        f"/oauth/{world.portal.id}/authorize",
        params=world.asking(scope=" ".join((*SCOPES, "tickets"))),
    )
    assert refused.status_code == 400
    code = query_of(await world.consent(optional_scope="tickets"))["code"]
    assert "tickets" not in world.hubspot.hub.state.codes[code].scopes


async def test_a_developer_account_cannot_install(world: World) -> None:
    world.portal.account_type = "APP_DEVELOPER"
    await world.sign_in()
    page = await world.browser.get(f"/oauth/{world.portal.id}/authorize", params=world.asking())
    assert page.status_code == 403
