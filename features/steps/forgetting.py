"""People who are erased on HubSpot, and what the integration still knows of them."""

from typing import Any

from pytest_bdd import parsers, then, when

from features.stage import Stage


@when("HubSpot erases the contact")
def erase(stage: Stage) -> None:
    stage.hubspot("POST", "/crm/v3/objects/contacts/gdpr-delete", {"objectId": stage.contact_id})


@when("the contact is merged with another")
def merge(stage: Stage) -> None:
    former = stage.contact_id
    stage.add_contact("Ada", "BERNARD", "06 00 01 00 87")
    body = {"primaryObjectId": former, "objectIdToMerge": stage.contact_id}
    merged = stage.hubspot("POST", "/crm/v3/objects/contacts/merge", body)
    assert merged["id"] not in {former, stage.contact_id}
    stage.use_contact(merged["id"])


@when("the contact is deleted on HubSpot")
def delete(stage: Stage) -> None:
    stage.hubspot("DELETE", f"/crm/v3/objects/contacts/{stage.contact_id}")


def account(stage: Stage, what: str) -> list[dict[str, Any]]:
    path = f"/operator/accounts/{stage.identities.portal_id}/{what}"
    found: list[dict[str, Any]] = stage.run(stage.furnisher.operate("GET", path))["results"]
    return found


@then(parsers.parse("the integration knows of {count:d} SMS to the contact"))
def known_sms(stage: Stage, count: int) -> None:
    known = account(stage, "messages")
    assert sum(sms["contact_id"] == stage.contact_id for sms in known) == count


@then(parsers.parse('the account\'s figures count {count:d} SMS as "{status}"'))
def figures_count(stage: Stage, count: int, status: str) -> None:
    figures = account(stage, "figures")
    assert [(figure["status"], figure["count"]) for figure in figures] == [(status, count)]
