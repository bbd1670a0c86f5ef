"""The bodies of refusals, letter for letter: clients read them, and parse what stands in them."""

from datetime import timedelta
from typing import Any

import httpx
import orjson
import pytest

from tests.fakes.hubspot.world import World

C = "/crm/v3/objects/contacts"
JSON = {"content-type": "application/json"}
WRONG = "Property values were not valid: "
SENTENCES = {
    ("nothing", "x"): ("PROPERTY_DOESNT_EXIST", 'Property "nothing" does not exist'),
    ("email", "a@x"): ("INVALID_EMAIL", "Email address a@x is invalid"),
    ("hs_email_domain", "x.fr"): (
        "READ_ONLY_VALUE",
        '"hs_email_domain" is a calculated property; its value cannot be set.',
    ),
    ("createdate", "1"): (
        "READ_ONLY_VALUE",
        '"createdate" is a read only property; its value cannot be set.',
    ),
    ("score", "1e-14"): ("INVALID_INTEGER", "1e-14 was not a valid number."),
    ("since", "soon"): ("INVALID_LONG", "soon was not a valid long."),
    ("day", "2026-01-02T03:04:05Z"): (
        "INVALID_DATE",
        "2026-01-02T03:04:05Z is at 03:04:05.000 UTC, not midnight!",
    ),
}
DEFINED = {"score": "number", "since": "datetime", "day": "date"}


def told(answer: httpx.Response) -> dict[str, Any]:
    """Return a refusal's body without its correlation id, which the headers must tell too."""
    body: dict[str, Any] = answer.json()
    correlation_id = body.pop("correlationId")
    assert answer.headers["x-hubspot-correlation-id"] == correlation_id
    assert answer.headers["x-request-id"] == correlation_id
    assert body.pop("status") == "error"
    return body


async def test_all_wrong_values_come_in_one_body_twice_told(installed: World) -> None:
    for name, kind in DEFINED.items():
        field = "number" if kind == "number" else "date"
        made = {"name": name, "label": name, "groupName": "contactinformation", "type": kind}
        await installed.api.post("/crm/v3/properties/contacts", json={**made, "fieldType": field})
    answer = await installed.api.post(C, json={"properties": dict(list(SENTENCES))})
    assert answer.status_code == 400
    body = told(answer)
    assert body["category"] == "VALIDATION_ERROR"
    assert body["errors"] == [
        {"message": message, "code": code, "context": {"propertyName": [name]}}
        for (name, _), (code, message) in SENTENCES.items()
    ]
    assert body["message"].startswith(f'{WRONG}[{{"isValid":false,"message":"Property \\"nothing')
    assert orjson.loads(body["message"].removeprefix(WRONG)) == [
        {
            "isValid": False,
            "message": message,
            "error": code,
            "name": name,
            "localizedErrorMessage": message,
            "propertyValue": value,
            "portalId": installed.portal.id,
        }
        for (name, value), (code, message) in SENTENCES.items()
    ]


async def test_a_bad_option_lists_the_allowed_ones(installed: World) -> None:
    answer = await installed.api.post(C, json={"properties": {"lifecyclestage": "friend"}})
    [error] = told(answer)["errors"]
    assert error["code"] == "INVALID_OPTION"
    assert error["message"].startswith("friend was not one of the allowed options: [label: ")


@pytest.mark.parametrize(
    ("method", "path", "body", "status", "said"),
    [
        (
            "POST",
            C,
            b"{}",
            400,
            {
                "message": "Invalid input JSON on line 1, column 2. "
                "Some required fields were not set: [properties]",
                "category": "VALIDATION_ERROR",
            },
        ),
        (
            "PATCH",
            f"{C}/{{contact}}",
            b'{"properties":{}}',
            400,
            {
                "message": "No properties found to update, please provide at least one.",
                "category": "VALIDATION_ERROR",
            },
        ),
        (
            "POST",
            f"{C}/batch/archive",
            b'{"inputs":[]}',
            400,
            {
                "message": "Batch input provided should have at least one object.",
                "category": "VALIDATION_ERROR",
            },
        ),
        ("GET", f"{C}/12", b"", 404, {"message": "resource not found"}),
        ("GET", f"{C}/b@x.fr?idProperty=email", b"", 404, {"message": "resource not found"}),
        (
            "GET",
            f"{C}/abc",
            b"",
            404,
            {
                "message": "Object not found.  objectId are usually numeric.",
                "category": "OBJECT_NOT_FOUND",
                "context": {"id": ["abc"]},
            },
        ),
        (
            "POST",
            C,
            b'{"properties":{"email":"A@X.fr"}}',
            409,
            {
                "message": "Contact already exists. Existing ID: {contact}",
                "category": "CONFLICT",
            },
        ),
    ],
)
async def test_each_refusal_says_it_as_hubspot_does(
    installed: World, method: str, path: str, body: bytes, status: int, said: dict[str, Any]
) -> None:
    contact = await installed.contact(email="a@x.fr")
    where = path.replace("{contact}", contact)
    answer = await installed.api.request(method, where, content=body, headers=JSON)
    assert answer.status_code == status
    assert told(answer) == {**said, "message": said["message"].replace("{contact}", contact)}


async def test_what_is_no_json_is_told_from_line_and_column_on(installed: World) -> None:
    answer = await installed.api.post(C, content=b"{'a'", headers=JSON)
    assert answer.status_code == 400
    body = told(answer)
    assert body.pop("message").startswith("Invalid input JSON on line 1, column 1: ")
    assert body == {}


async def test_no_token_and_an_expired_one_are_told_apart(installed: World) -> None:
    bare = await installed.browser.get(C)
    assert bare.status_code == 401
    assert told(bare) == {
        "message": "Authentication credentials not found. This API supports OAuth 2.0 "
        "authentication and you can find more details at "
        "https://developers.hubspot.com/docs/methods/auth/oauth-overview",
        "category": "INVALID_AUTHENTICATION",
    }
    ends = installed.clock.now() + timedelta(seconds=1800)
    await installed.clock.advance(timedelta(seconds=1805))
    late = await installed.api.get(C)
    assert late.status_code == 401
    assert told(late) == {
        "message": "The OAuth token used to make this call expired 5 second(s) ago.",
        "category": "EXPIRED_AUTHENTICATION",
        "context": {"expire time": [ends.strftime("%Y-%m-%dT%H:%M:%SZ")]},
    }


async def test_a_missing_scope_is_told_with_its_page(world: World) -> None:
    world.app.required_scopes = ("oauth",)
    world.app.optional_scopes = ()
    code = await world.code(scope="oauth")
    given = await world.token(grant_type="authorization_code", code=code)
    bearer = {"Authorization": f"Bearer {given.json()['access_token']}"}
    answer = await world.api.get(C, headers=bearer)
    assert answer.status_code == 403
    page = "https://developers.hubspot.com/scopes"
    assert told(answer) == {
        "message": "This app hasn't been granted all required scopes to make this call. "
        f"Read more about required scopes here: {page}.",
        "category": "MISSING_SCOPES",
        "errors": [
            {
                "message": "One or more of the following scopes are required.",
                "context": {"requiredGranularScopes": ["crm.objects.contacts.read"]},
            }
        ],
        "links": {"scopes": page},
    }


async def test_what_a_batch_could_not_read_is_told_beside_what_it_read(installed: World) -> None:
    contact = await installed.contact(email="a@x.fr")
    inputs = {"inputs": [{"id": contact}, {"id": "999"}, {"id": "998"}]}
    answer = await installed.api.post(f"{C}/batch/read", json=inputs)
    assert answer.status_code == 207
    body = answer.json()
    assert list(body) == [
        "status", "results", "startedAt", "completedAt", "numErrors", "errors",
    ]  # fmt: skip
    assert (body["status"], body["numErrors"]) == ("COMPLETE", 1)
    assert body["errors"] == [
        {
            "status": "error",
            "message": "Could not get some CONTACT objects, they may be deleted or not exist. "
            "Check that ids are valid.",
            "category": "OBJECT_NOT_FOUND",
            "context": {"ids": ["999", "998"]},
        }
    ]


async def test_a_property_that_is_taken_or_unknown_says_so(installed: World) -> None:
    where = "/crm/v3/properties/contacts"
    taken = await installed.api.post(
        where,
        json={
            "name": "email",
            "label": "E",
            "groupName": "contactinformation",
            "type": "string",
            "fieldType": "text",
        },
    )
    assert taken.status_code == 409
    assert told(taken) == {
        "message": "A property named 'email' already exists.",
        "category": "OBJECT_ALREADY_EXISTS",
        "subCategory": "Properties.PROPERTY_WITH_NAME_EXISTS",
    }
    unknown = await installed.api.get(f"{where}/nothing")
    assert (unknown.status_code, told(unknown)["category"]) == (404, "OBJECT_NOT_FOUND")
