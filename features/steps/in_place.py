"""What an installation has put in place at HubSpot, and the page where it is taken out again."""

import re
from contextlib import suppress

from pytest_bdd import parsers, then, when

from features.stage import Stage
from sandbox.asking import FurnishingError


@then("nothing is installed")
def nothing_installed(stage: Stage) -> None:
    assert stage.run(stage.furnisher.operate("GET", "/operator/accounts"))["results"] == []
    names = {
        found["name"] for found in stage.hubspot("GET", "/crm/v3/properties/contacts")["results"]
    }
    assert not {name for name in names if name.startswith("smsmode")}


@then(parsers.parse('the contact property "{label}" exists'))
def property_exists(stage: Stage, label: str) -> None:
    found = stage.hubspot("GET", "/crm/v3/properties/contacts")["results"]
    assert [one["label"] for one in found].count(label) == 1


def developer(stage: Stage, path: str) -> list[dict[str, object]]:
    key = stage.identities.developer_key
    found: list[dict[str, object]] = stage.hubspot("GET", f"{path}?hapikey={key}")["results"]
    return found


@then(parsers.re(r"the event templates are (?P<names>.*)"))
def event_templates(stage: Stage, names: str) -> None:
    path = f"/integrators/timeline/v3/{stage.identities.app_id}/event-templates"
    expected = re.findall(r'"([^"]*)"', names)
    assert [found["name"] for found in developer(stage, path)] == expected


def actions(stage: Stage) -> list[dict[str, object]]:
    return developer(stage, f"/automation/v4/actions/{stage.identities.app_id}")


@then(parsers.parse('the workflow action is called "{name}" in "{language}"'))
def action_name(stage: Stage, name: str, language: str) -> None:
    (action,) = actions(stage)
    labels = action["labels"]
    assert isinstance(labels, dict)
    assert labels[language]["actionName"] == name


@then("there is one workflow action")
def one_action(stage: Stage) -> None:
    assert len(actions(stage)) == 1


@then("the app stands among the connected apps")
def connected(stage: Stage) -> None:
    found = stage.control_hubspot("GET", "/connected-apps")["results"]
    assert [app["name"] for app in found] == ["smsmodeEnvoisMS"]


@when("the marketer uninstalls the app")
def uninstall(stage: Stage) -> None:
    stage.control_hubspot("DELETE", f"/connected-apps/{stage.identities.app_id}")


@when("the marketer opens the connected apps")
def open_connected_apps(stage: Stage) -> None:
    page = f"/connected-apps/{stage.identities.portal_id}/installed"
    stage.run(stage.browser.open(stage.world.addresses.hubspot_app + page))


@when(parsers.parse('the marketer types "{name}" and presses "{button}"'))
def type_and_press(stage: Stage, name: str, button: str) -> None:
    stage.run(stage.browser.submit(button, name=name))


@then("the app stands no longer among the connected apps")
def disconnected(stage: Stage) -> None:
    assert stage.control_hubspot("GET", "/connected-apps")["results"] == []


@then("the app's tokens are dead")
def tokens_dead(stage: Stage) -> None:
    portal_id = stage.identities.portal_id
    # Whatever needs the account's token makes the integration learn that it is dead.
    with suppress(FurnishingError):
        stage.run(
            stage.furnisher.operate("GET", f"/operator/accounts/{portal_id}/contacts/1/checks")
        )
    account_held_as(stage, "revoked")


@then(parsers.parse('the integration holds the account as "{state}"'))
def account_held_as(stage: Stage, state: str) -> None:
    (account,) = stage.run(stage.furnisher.operate("GET", "/operator/accounts"))["results"]
    assert account["state"] == state


@then(parsers.parse('searching the properties for "{words}" finds "{label}"'))
def search_properties(stage: Stage, words: str, label: str) -> None:
    found = stage.hubspot("GET", "/crm/v3/properties/contacts")["results"]
    matching = [one["label"] for one in found if words.lower() in one["label"].lower()]
    assert label in matching


@then(parsers.parse('it is "{kind}" in the group "{group}"'))
def property_kind(stage: Stage, kind: str, group: str) -> None:
    kinds = {"booleancheckbox": "Une seule case à cocher"}
    found = stage.hubspot("GET", "/crm/v3/properties/contacts/smsmode_consent")
    groups = stage.hubspot("GET", "/crm/v3/properties/contacts/groups?locale=fr")["results"]
    labels = {one["name"]: one["label"] for one in groups}
    assert kinds[found["fieldType"]] == kind
    assert labels[found["groupName"]] == group


@then("everybody may see and change it")
def property_is_open(stage: Stage) -> None:
    found = stage.hubspot("GET", "/crm/v3/properties/contacts/smsmode_consent")
    assert (found["hidden"], found["formField"]) == (False, True)
    assert not found["modificationMetadata"]["readOnlyValue"]
