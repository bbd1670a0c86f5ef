"""*SMS non reçu*: asking why, and reading what was found."""

from typing import Any

import httpx
from pytest_bdd import given, parsers, then, when

from features.stage import Stage
from sandbox.addresses import host_of


@given("smsmode has the number on its opposition list")
def listed(stage: Stage) -> None:
    assert stage.control_smsmode("PUT", f"/blacklist/{stage.phone}").status_code == 204


@when("smsmode takes the number off its opposition list")
def delisted(stage: Stage) -> None:
    assert stage.control_smsmode("DELETE", f"/blacklist/{stage.phone}").status_code == 204


@when("the operator lifts the contact's refusal")
def lift_refusal(stage: Stage) -> None:
    contact = f"/operator/accounts/{stage.identities.portal_id}/contacts/{stage.contact_id}"
    told = stage.run(stage.furnisher.operate("DELETE", f"{contact}/optout"))
    assert told == {"lifted": True}


@given("the smsmode account is empty")
def emptied(stage: Stage) -> None:
    organisation = stage.control_smsmode("GET", "/organisations").json()["organisations"][0]
    path = f"/organisations/{organisation['organisationId']}/balance"
    assert stage.control_smsmode("PUT", path, {"amount": "0"}).status_code == 200


@given("smsmode tells no balance")
def balance_hidden(stage: Stage) -> None:
    stage.world.network.cut(host_of(stage.world.addresses.smsmode_api), "/commons/")


@given("the way to HubSpot is cut")
@when("the way to HubSpot is cut")
def hubspot_cut(stage: Stage) -> None:
    stage.world.network.cut(host_of(stage.world.addresses.hubspot_api))


@when("the way to HubSpot is open again")
def hubspot_open(stage: Stage) -> None:
    stage.world.network.mend(host_of(stage.world.addresses.hubspot_api))


def ask(
    stage: Stage,
    *,
    account: str = "",
    contact: str = "",
    token: str | None = None,
    language: str = "fr",
) -> httpx.Response:
    """Ask the operator's route for a contact's checks; the contact at hand unless told."""
    portal = account or stage.identities.portal_id
    path = f"/operator/accounts/{portal}/contacts/{contact or stage.contact_id}/checks"
    given = stage.identities.operator_token if token is None else token
    headers = {"authorization": f"Bearer {given}", "accept-language": language}
    return stage.run(
        stage.world.http.get(stage.world.addresses.integration + path, headers=headers)
    )


def findings(stage: Stage, language: str = "fr") -> dict[str, dict[str, Any]]:
    stage.answer = ask(stage, language=language)
    assert stage.answer.status_code == 200, stage.answer.text
    return {found["check"]: found for found in stage.answer.json()["checks"]}


@then("the checks say")
def checks_say(stage: Stage, datatable: list[list[str]]) -> None:
    found = findings(stage)
    assert list(found) == [row[0] for row in datatable[1:]]
    for check, verdict, words in datatable[1:]:
        assert found[check]["verdict"] == verdict, found[check]
        assert words in found[check]["found"]


@then("nothing is to be mended")
def nothing_to_mend(stage: Stage) -> None:
    assert [found["mend"] for found in findings(stage).values()] == [None] * 5


@then(
    parsers.re(
        r'the check "(?P<check>\w+)" finds "(?P<words>.*)" and says to mend it by "(?P<mend>.*)"$'
    )
)
def check_finds(stage: Stage, check: str, words: str, mend: str) -> None:
    found = stage.finding = findings(stage)[check]
    assert found["verdict"] == "trouble", found
    assert words in found["found"]
    assert mend in found["mend"]


@then(parsers.parse('its evidence holds "{name}" as "{value}"'))
def evidence_holds(stage: Stage, name: str, value: str) -> None:
    assert stage.finding["evidence"][name] == value


@then(parsers.parse('its evidence names the moment "{name}"'))
def evidence_moment(stage: Stage, name: str) -> None:
    assert stage.finding["evidence"][name].startswith("2026-11-23T09:00:")


@then(parsers.parse('the check "{check}" finds, in English, "{words}"'))
def check_finds_in_english(stage: Stage, check: str, words: str) -> None:
    assert words in findings(stage, "en")[check]["found"]


@then(parsers.parse('the check "{check}" is undecided'))
def undecided(stage: Stage, check: str) -> None:
    assert findings(stage)[check]["verdict"] == "unknown"


@then(
    parsers.parse(
        'checking the contact "{contact}" of the account "{account}" is answered {status:d}, "{code}"'
    )
)
def checking_answered(stage: Stage, contact: str, account: str, status: int, code: str) -> None:
    answer = ask(stage, account=account.replace("its own", ""), contact=contact)
    assert (answer.status_code, answer.json()["error"]["code"]) == (status, code)


@then("checking without the operator's token is answered 401")
def checking_locked(stage: Stage) -> None:
    assert ask(stage, token="wrong").status_code == 401  # noqa: S106 - of nobody
