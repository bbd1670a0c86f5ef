"""The tests' own organisation, and those that are opened below it."""

from typing import Any

from tests.fakes.smsmode.conftest import Desk

ORGANISATIONS = "/commons/v1/organisations"


CONTACT = {"contact": {"firstName": "Jean", "lastName": "MARTIN", "email": "j@salon.example"}}


def own(desk: Desk) -> str:
    return f"{ORGANISATIONS}/{desk.organisation.organisation_id}"


async def below(desk: Desk, admin: str, **more: Any) -> dict[str, Any]:
    body = {"name": "Below", **CONTACT, **more}
    answer = await desk.call("POST", ORGANISATIONS, body, key=admin)
    assert answer.status_code == 201, answer.text
    return dict(answer.json())
