"""Bad input at the operator's routes and in a browser's address bar."""

import json
from typing import Any

import httpx
import pytest

from tests.core.builders import MIB, OPERATOR, PORTAL
from tests.core.harness import Harness
from tests.core.http.refusals import check_refused

ROUTES = [
    ("POST", "/operator/installs"),
    ("GET", "/operator/accounts"),
    ("PUT", f"/operator/accounts/{PORTAL}/keys"),
    ("GET", f"/operator/accounts/{PORTAL}/messages"),
    ("GET", "/operator/failures"),
    ("POST", "/operator/failures/requeue"),
    ("POST", "/operator/failures/dismiss"),
    ("POST", "/operator/preview"),
]
MISNAMED = [
    {},
    {"failures": {}},
    {"failures": [1]},
    {"failures": [{"kind": "send"}]},
    {"failures": [{"kind": "send", "item": ""}]},
    {"failures": [{"kind": "send", "item": 1}]},
    {"failures": [{"kind": "send", "item": "1", "more": "1"}]},
    {"failures": [], "more": 1},
    {"failures": [{"kind": "send", "item": str(number)} for number in range(1001)]},
]
WRITES: list[tuple[str, str, dict[str, str]]] = [
    ("POST", "/installs", {"account": "Salon"}),
    ("PUT", f"/accounts/{PORTAL}/keys", {"marketing": "a", "notification": "b"}),
    ("POST", "/preview", {"type": "promotional", "text": "Bonjour"}),
]


@pytest.mark.parametrize(("method", "path"), ROUTES)
@pytest.mark.parametrize(
    "given",
    [
        None,
        "",
        "Bearer",
        "Bearer ",
        "Bearer wrong",
        OPERATOR,
        f"Basic {OPERATOR}",
        f"Bearer {OPERATOR}x",
    ],
)
async def test_nobody_but_the_operator_is_let_in(
    linked: Harness, method: str, path: str, given: str | None
) -> None:
    headers = {} if given is None else {"authorization": given}
    answer = await linked.request(method, path, headers=headers)
    await check_refused(linked, answer, 401, "not_operator")
    assert OPERATOR not in answer.text


async def test_how_the_scheme_is_written_does_not_matter(linked: Harness) -> None:
    headers = {"authorization": f"bearer {OPERATOR}"}
    answer = await linked.request("GET", "/operator/accounts", headers=headers)
    assert answer.status_code == 200


@pytest.mark.parametrize("body", MISNAMED, ids=str)
@pytest.mark.parametrize("how", ["requeue", "dismiss"])
async def test_what_is_given_up_must_be_named(linked: Harness, how: str, body: object) -> None:
    answer = await linked.operate("POST", f"/failures/{how}", body)
    await check_refused(linked, answer, 400, "malformed_request")


async def test_a_token_in_another_alphabet_is_refused(linked: Harness) -> None:
    headers = {"authorization": "Bearer é".encode("latin-1")}
    answer = await linked.request("GET", "/operator/accounts", headers=headers)
    await check_refused(linked, answer, 401, "not_operator")


@pytest.mark.parametrize(("method", "path", "_"), WRITES)
@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b"7", b"\xff", b"[" * 100_000])
async def test_a_body_that_is_no_object_is_refused(
    linked: Harness, method: str, path: str, _: object, body: bytes
) -> None:
    headers = {"authorization": f"Bearer {OPERATOR}"}
    answer = await linked.request(method, f"/operator{path}", content=body, headers=headers)
    await check_refused(linked, answer, 400, "malformed_request")


@pytest.mark.parametrize(("method", "path", "fields"), WRITES)
@pytest.mark.parametrize("value", [None, "", 7, True, [], {}])
async def test_a_field_that_is_missing_empty_or_no_text_is_refused_and_named(
    linked: Harness, method: str, path: str, fields: dict[str, str], value: Any
) -> None:
    for name in fields:
        answer = await linked.operate(method, path, {**fields, name: value})
        error = await check_refused(linked, answer, 400, "malformed_request")
        assert name in error["message"]


@pytest.mark.parametrize(("method", "path", "fields"), WRITES)
async def test_a_field_that_we_do_not_know_is_refused_and_named(
    linked: Harness, method: str, path: str, fields: dict[str, str]
) -> None:
    answer = await linked.operate(method, path, {**fields, "colour": "red"})
    error = await check_refused(linked, answer, 400, "malformed_request")
    assert "colour" in error["message"]


@pytest.mark.parametrize("portal", ["abc", "-1", "1.5", "٣", "9" * 19, "9" * 5000, "0x10"])
@pytest.mark.parametrize(("method", "end"), [("PUT", "keys"), ("GET", "messages")])
async def test_an_account_that_is_no_number_is_refused(
    linked: Harness, portal: str, method: str, end: str
) -> None:
    body = {"marketing": "a", "notification": "b"} if method == "PUT" else None
    answer = await linked.operate(method, f"/accounts/{portal}/{end}", body)
    await check_refused(linked, answer, 400, "malformed_request")


@pytest.mark.parametrize(("method", "path", "_"), WRITES)
async def test_a_body_that_is_too_large_is_refused(
    linked: Harness, method: str, path: str, _: object
) -> None:
    answer = await linked.operate(method, path, {"account": "a" * MIB})
    await check_refused(linked, answer, 413, "body_too_large")


async def test_an_invitation_that_was_refused_makes_no_link(bare: Harness) -> None:
    await bare.operate("POST", "/installs", {"account": 7})
    assert await bare.count() == 0


@pytest.mark.parametrize("ticket", ["x", "%00", "%ff", "é", "..%2f..", "a" * 5000, "' OR 1=1 --"])
async def test_an_install_link_of_any_shape_is_refused_with_a_page(
    bare: Harness, ticket: str
) -> None:
    page = await bare.request("GET", f"/install/{ticket}")
    assert page.status_code in {400, 404}
    assert "Traceback" not in page.text
    assert await bare.count() == 0


@pytest.mark.parametrize(
    "query",
    [
        "",
        "code=c",
        "state=s",
        "code=c&state=",
        "code=c&state=%ff%00.%ff",
        "code=c&state=.",
        "code=c&state=" + "a" * 5000,
        "error=access_denied",
        "error=%3Cscript%3E&state=x",
    ],
)
async def test_a_callback_of_any_shape_is_refused_with_a_page(bare: Harness, query: str) -> None:
    page = await bare.request("GET", f"/oauth/callback?{query}")
    assert page.status_code == 400
    assert page.headers["content-type"].startswith("text/html")
    assert "<script>" not in page.text
    assert await bare.count() == 0


async def test_what_a_bug_raises_is_told_to_the_log_and_not_to_the_caller(
    linked: Harness,
) -> None:
    linked.database.run_now(lambda tx: tx.exec_driver_sql("DROP TABLE installs"))
    transport = httpx.ASGITransport(linked.core.app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="https://sms.example") as client:
        headers = {"authorization": f"Bearer {OPERATOR}"}
        answer = await client.get("/operator/accounts", headers=headers)
    assert answer.status_code == 500
    assert json.loads(answer.text)["error"]["code"] == "internal"
    assert "installs" not in answer.text
