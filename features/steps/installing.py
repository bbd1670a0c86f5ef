"""What the marketer and the operator do to install the application, and what they find."""

from urllib.parse import parse_qs, urlsplit

import httpx
from pytest_bdd import given, parsers, then, when

from features.stage import Stage
from sandbox.asking import choose_account
from sandbox.parties import EMAIL, INTERN_EMAIL, PASSWORD

COLLEAGUE = "alex@salon-demo.example"


@given("the operator has given the account its install link")
@when("the operator has given the account its install link")
def give_link(stage: Stage) -> None:
    stage.install_link = stage.run(stage.furnisher.invite())


@when(parsers.parse('the operator is asked for the install URL of "{account}"'))
def ask_for_link(stage: Stage, account: str) -> None:
    stage.links.append(link_of(stage, account))


@when(parsers.parse('the operator has given the smsmode account "{account}" an install link'))
def give_link_to(stage: Stage, account: str) -> None:
    stage.install_link = link_of(stage, account)


def link_of(stage: Stage, account: str) -> str:
    answer = stage.run(stage.furnisher.operate("POST", "/operator/installs", {"account": account}))
    return str(answer["install_url"])


@then("each answer is an install URL of its own")
def own_links(stage: Stage) -> None:
    assert len(set(stage.links)) == len(stage.links) == 2
    assert all(link.startswith(stage.world.addresses.integration) for link in stage.links)


@then("each leads to HubSpot's consent with a state of its own")
def own_states(stage: Stage) -> None:
    ways = [stage.run(stage.world.http.get(link)).headers["location"] for link in stage.links]
    queries = [parse_qs(urlsplit(way).query) for way in ways]
    assert all(
        way.startswith(f"{stage.world.addresses.hubspot_app}/oauth/authorize?") for way in ways
    )
    assert {query["client_id"][0] for query in queries} == {stage.identities.client_id}
    assert len({query["state"][0] for query in queries}) == 2


@when(parsers.parse('the install URL is asked for with "{body}" and the token "{token}"'))
def ask_badly(stage: Stage, body: str, token: str) -> None:
    url = f"{stage.world.addresses.integration}/operator/installs"
    given = token.replace("operator", stage.identities.operator_token)
    headers = {"authorization": f"Bearer {given}"}
    stage.answer = stage.run(stage.world.http.post(url, content=body.encode(), headers=headers))


@when("the marketer opens the install link")
def open_link(stage: Stage) -> None:
    stage.run(stage.browser.open(stage.install_link))


def sign_in(stage: Stage, email: str, password: str, **ticked: str) -> None:
    stage.run(stage.browser.submit("Connexion", email=email, password=password, **ticked))


@when("the marketer signs in")
def marketer_signs_in(stage: Stage) -> None:
    sign_in(stage, EMAIL, PASSWORD)


@when('the marketer signs in and ticks "Se souvenir de moi"')
def marketer_is_remembered(stage: Stage) -> None:
    sign_in(stage, EMAIL, PASSWORD, remember="true")


@when(parsers.parse('the marketer signs in with the password "{password}"'))
def marketer_signs_in_with(stage: Stage, password: str) -> None:
    sign_in(stage, EMAIL, password)


@when("the intern signs in")
def intern_signs_in(stage: Stage) -> None:
    sign_in(stage, INTERN_EMAIL, PASSWORD)


@when("the marketer chooses the account")
def marketer_chooses(stage: Stage) -> None:
    stage.run(choose_account(stage.browser, stage.identities.portal_id))


@when(parsers.parse('the marketer presses "{button}"'))
def marketer_presses(stage: Stage, button: str) -> None:
    stage.run(stage.browser.submit(button))


def reach_consent(stage: Stage) -> None:
    open_link(stage)
    if "Connexion" in stage.browser.page.text:
        marketer_signs_in(stage)
    marketer_chooses(stage)


@when("the marketer installs the app")
def marketer_installs(stage: Stage) -> None:
    reach_consent(stage)
    marketer_presses(stage, "Connecter l'application")


@when("the app is installed and its two keys are linked")
def installed_and_linked(stage: Stage) -> None:
    stage.run(stage.furnisher.install(stage.new_browser()))
    stage.run(stage.furnisher.link_keys())


@when("a colleague installs the app")
def colleague_installs(stage: Stage) -> None:
    user = {"email": COLLEAGUE, "password": PASSWORD, "portals": [stage.identities.portal_id]}
    stage.hubspot("POST", "/_control/hubspot/users", user)
    stage.browser.forget()
    open_link(stage)
    sign_in(stage, COLLEAGUE, PASSWORD)
    marketer_chooses(stage)
    marketer_presses(stage, "Connecter l'application")


@then("the account was last installed by the colleague")
def installed_by_colleague(stage: Stage) -> None:
    (account,) = stage.run(stage.furnisher.operate("GET", "/operator/accounts"))["results"]
    assert account["installed_by"] == COLLEAGUE


@when("the marketer reloads the last page")
def reload_page(stage: Stage) -> None:
    stage.run(stage.browser.open(stage.browser.page.url))


@when("somebody brings back a state that was never given")
def forged_state(stage: Stage) -> None:
    callback = f"{stage.world.addresses.integration}/oauth/callback"
    stage.run(stage.browser.open(f"{callback}?code=any&state=never.given"))


def consent_without_following(stage: Stage) -> str:
    """Consent, and return the address that HubSpot sends the browser to, without going there."""
    reach_consent(stage)
    way_back = stage.world.addresses.integration + "/oauth/callback"
    stopped = way_back.split("://", 1)[1].split("/", 1)[0]
    stage.world.network.cut(stopped)
    try:
        marketer_presses(stage, "Connecter l'application")
    except httpx.ConnectError as error:
        return str(error.request.url)
    finally:
        stage.world.network.mend(stopped)
    raise AssertionError("HubSpot did not send the browser back to the integration")


@when("the marketer consents and somebody else opens the address that follows")
def another_browser(stage: Stage) -> None:
    address = consent_without_following(stage)
    stage.browser.forget()
    stage.run(stage.browser.open(address))


@when("the marketer consents and takes 2 minutes to come back")
def late_return(stage: Stage) -> None:
    address = consent_without_following(stage)
    stage.advance(minutes=2)
    stage.run(stage.browser.open(address))


@then(parsers.re(r'the page (says|offers) "(?P<words>.*)"$'))
def page_says(stage: Stage, words: str) -> None:
    assert words in stage.browser.page.text


@then("the page asks, in words, for")
def page_asks(stage: Stage, datatable: list[list[str]]) -> None:
    text = stage.browser.page.text.lower()
    missing = [row[0] for row in datatable[1:] if row[0].lower() not in text]
    assert not missing


@then(parsers.parse('the integration answers "{code}"'))
def integration_answers(stage: Stage, code: str) -> None:
    assert stage.answer is not None
    assert stage.answer.json()["error"]["code"] == code
