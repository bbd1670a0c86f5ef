"""Asking a core that runs, as the operator's commands do."""

from dataclasses import replace

import httpx
import pytest

from core.clients.running import NotAnsweredError, Running
from core.domain.check_report import as_lines
from core.domain.ids import ContactId, PortalId
from core.settings import Settings
from core.variables import Secret
from tests.core.builders import PORTAL
from tests.core.harness import Harness

CONTACT = ContactId("512")


def running(http: httpx.AsyncClient, settings: Settings) -> Running:
    return Running(http, settings.public_url, settings.operator_token)


def client(harness: Harness) -> httpx.AsyncClient:
    return httpx.AsyncClient(transport=httpx.ASGITransport(harness.core.app))


async def test_the_checks_are_told_in_lines(linked: Harness) -> None:
    linked.hubspot.contacts["512"] = {"phone": "06 11 11 11 11", "hs_marketable_status": "true"}
    async with client(linked) as http:
        told = await running(http, linked.settings).checks(PortalId(PORTAL), CONTACT, "en")
    lines = as_lines(told, "en").splitlines()
    assert lines[:5] == [
        "[fine] Is the number typed correctly?",
        "    The number reads +33611111111 and can receive SMS.",
        "      Number as typed: 06 11 11 11 11",
        "      Number as read: +33611111111",
        "      Country: FR",
    ]
    assert "[trouble] Was the contact enrolled in the workflow?" in lines


async def test_what_the_core_refuses_is_said_in_its_words(linked: Harness) -> None:
    async with client(linked) as http:
        with pytest.raises(NotAnsweredError, match="has not installed the application") as caught:
            await running(http, linked.settings).checks(PortalId(999), CONTACT, "fr")
    assert caught.value.code == "unknown_account"


async def test_a_wrong_token_is_said(linked: Harness) -> None:
    stranger = replace(linked.settings, operator_token=Secret("wrong"))
    async with client(linked) as http:
        with pytest.raises(NotAnsweredError, match="set CORE_OPERATOR_TOKEN") as caught:
            await running(http, stranger).checks(PortalId(PORTAL), CONTACT, "fr")
    assert caught.value.code == "not_operator"
    assert linked.settings.public_url in str(caught.value)


async def test_a_core_that_does_not_run_is_said(linked: Harness) -> None:
    with pytest.raises(NotAnsweredError, match="start it"):
        await running(linked.http, linked.settings).checks(PortalId(PORTAL), CONTACT, "fr")


async def test_what_is_no_core_is_said(linked: Harness) -> None:
    other = replace(linked.settings, public_url=linked.settings.smsmode_api)
    with pytest.raises(NotAnsweredError, match="is no core"):
        await running(linked.http, other).checks(PortalId(PORTAL), CONTACT, "fr")


@pytest.mark.parametrize("status", [200, 302, 404])
async def test_what_is_no_core_is_said_by_its_whole_address(linked: Harness, status: int) -> None:
    page = httpx.MockTransport(lambda _: httpx.Response(status, html="<h1>Somebody else</h1>"))
    other = replace(linked.settings, public_url="http://127.0.0.1:4601")
    async with httpx.AsyncClient(transport=page) as http:
        with pytest.raises(
            NotAnsweredError, match=rf"at http://127.0.0.1:4601 is no core \({status}"
        ):
            await running(http, other).ask("GET", "/operator/failures")
