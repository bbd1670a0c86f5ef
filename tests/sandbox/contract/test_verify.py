"""The command: it finds the app that is installed, and tells what it found to people and to CI."""

import json
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import timedelta
from io import BytesIO, TextIOWrapper
from pathlib import Path
from xml.etree import ElementTree

import httpx
import pytest
from starlette.applications import Starlette

from fakes.kit.clock import VirtualClock
from sandbox.addresses import host_of
from sandbox.asking import choose_account
from sandbox.contract.discovery import NothingToExamineError
from sandbox.controls import Controls
from sandbox.feed import Feed
from sandbox.furnishing import Furnisher
from sandbox.verify import BROKEN, REFUSED, UsageError, Verifier, read, run
from sandbox.world import World
from tests.sandbox.contract.sample import HOST, SECRET, Sample
from tests.sandbox.hurried import HurriedClock

APP = {
    "name": "My app",
    "redirectUrls": ["http://localhost:3000/oauth/callback"],
    "scopes": ["oauth", "timeline"],
    "clientId": "my-client",
    "clientSecret": SECRET,
    "developerKey": "my-key",
}


@dataclass
class Desk:
    """Somebody at a terminal, beside a world with a console."""

    world: World
    furnisher: Furnisher
    lines: list[str] = field(default_factory=list)

    async def verify(self, *arguments: str) -> int:
        verifier = Verifier(
            http=self.world.http,
            clock=self.world.clock,
            pause=self.pass_time,
            say=self.lines.append,
        )
        sandbox = ["--sandbox", f"{self.world.addresses.console}/"]
        return await verifier.verify(read([*sandbox, *arguments]))

    async def pass_time(self, wait: timedelta) -> None:
        await self.world.advance(wait)

    @property
    def told(self) -> str:
        return "\n".join(self.lines)


@pytest.fixture
async def desk() -> AsyncIterator[Desk]:
    async with World(seed=1, changes={"hours": None}) as world:
        identities = world.parties.identities
        time = HurriedClock(world.clock)
        told = identities.all(world.addresses)
        controls = Controls(Feed(world.journal), time, lambda: True, told)
        console = Starlette(routes=controls.routes())
        world.network.connect({host_of(world.addresses.console): console})
        furnisher = Furnisher(world.http, world.addresses, identities)
        yield Desk(world, furnisher)


async def install_own(desk: Desk) -> None:
    await desk.furnisher.install(desk.world.browser())
    await desk.furnisher.link_keys()


async def install_partner(desk: Desk, app: Sample) -> None:
    """Have a partner's app made known, installed, and its action published."""
    desk.world.network.connect({"partner.example": app.app})
    await desk.furnisher.hubspot("POST", "/_control/hubspot/apps", {**APP, "redirectUrls": [HOST]})
    browser = desk.world.browser()
    query = f"client_id=my-client&redirect_uri={HOST}&scope=oauth%20timeline"
    await browser.open(f"{desk.world.addresses.hubspot_app}/oauth/authorize?{query}")
    identities = desk.world.parties.identities
    await browser.submit("Connexion", email=identities.email, password=identities.password)
    await choose_account(browser, identities.portal_id)
    page = await browser.submit("Connecter l'application")
    form = {
        "grant_type": "authorization_code",
        "client_id": "my-client",
        "client_secret": SECRET,
        "redirect_uri": HOST,
        "code": httpx.URL(page.url).params["code"],
    }
    token = f"{desk.world.addresses.hubspot_api}/oauth/v1/token"
    (await desk.world.http.post(token, data=form)).raise_for_status()
    action = {
        "actionUrl": f"{HOST}/sms",
        "published": True,
        "objectTypes": ["CONTACT"],
        "inputFields": [
            {
                "typeDefinition": {"name": "text", "type": "string", "fieldType": "textarea"},
                "isRequired": True,
            }
        ],
        "labels": {"en": {"actionName": "Send an SMS"}},
    }
    await desk.furnisher.hubspot("POST", "/automation/v4/actions/19600002?hapikey=my-key", action)


async def test_our_own_integration_keeps_all_of_the_contract(desk: Desk) -> None:
    await install_own(desk)
    assert await desk.verify() == 0
    assert desk.lines[0] == (
        "HubSpot's workflow action: https://integration.sandbox.example/hubspot/action"
    )
    assert desk.lines[-1] == "\n29 kept, 0 broken, 0 not examined"


async def test_an_app_in_the_place_of_ours_comes_first(desk: Desk) -> None:
    await install_own(desk)
    await install_partner(desk, Sample("trusting"))
    assert await desk.verify() == BROKEN
    assert desk.lines[0] == f"HubSpot's workflow action: {HOST}/sms"
    assert "✗ A3" in desk.told
    assert "mend" not in desk.told.partition("✗ A4")[2].partition("again")[0]
    desk.lines.clear()
    assert await desk.verify("--app", "19600001") == 0


async def test_what_cannot_be_examined_says_what_to_give(desk: Desk) -> None:
    await install_partner(desk, Sample("idle"))
    assert await desk.verify() == 0
    assert "not examined: the app sent +336" in desk.told
    assert desk.told.count("give --status") == 1


async def test_without_an_app_it_says_what_to_do(desk: Desk) -> None:
    with pytest.raises(NothingToExamineError, match=r"\(installed: none is\): install yours"):
        await desk.verify()


async def test_without_a_sandbox_it_says_what_to_do(desk: Desk) -> None:
    with pytest.raises(NothingToExamineError, match="start one with `make sandbox`"):
        await desk.verify("--sandbox", "http://nowhere.example")


async def alone(app: Sample, *arguments: str, say: list[str]) -> int:
    http = httpx.AsyncClient(transport=httpx.ASGITransport(app.app, raise_app_exceptions=False))

    async def no_time(_: timedelta) -> None:
        pass

    verifier = Verifier(http=http, clock=VirtualClock(), pause=no_time, say=say.append)
    return await verifier.verify(read(arguments))


async def test_an_app_by_itself_is_examined_where_it_is_said_to_be() -> None:
    said: list[str] = []
    asked = ("--action", f"{HOST}/sms", "--secret", SECRET, "--field", "text=Hello")
    assert await alone(Sample(), *asked, say=said) == 0
    assert "no sandbox runs in which SMS could be counted" in "\n".join(said)


async def test_scripts_read_json() -> None:
    said: list[str] = []
    asked = ("--status", f"{HOST}/status", "--reply", f"{HOST}/reply", "--json")
    assert await alone(Sample("picky"), *asked, say=said) == BROKEN
    (line,) = said
    found = {each["id"]: each for each in json.loads(line)["clauses"]}
    assert found["A1"]["verdict"] == "unexamined"
    assert found["S1"]["verdict"] == "kept"
    assert (found["S5"]["verdict"], found["S5"]["status"]) == ("broken", 422)


async def test_ci_reads_junit(tmp_path: Path) -> None:
    report = tmp_path / "report.xml"
    asked = ("--status", f"{HOST}/status", "--junit", str(report))
    assert await alone(Sample("picky"), *asked, say=[]) == BROKEN
    suites = ElementTree.fromstring(report.read_bytes())  # noqa: S314 - we wrote it
    counts = [(each.get("tests"), each.get("failures"), each.get("skipped")) for each in suites]
    assert counts == [("14", "0", "14"), ("8", "1", "0"), ("7", "0", "7")]
    (failure,) = suites.iter("failure")
    assert failure.text is not None
    assert "PARKED_BY_OPERATOR" in failure.text


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--action", "http://localhost:3000/sms"], "give --secret too"),
        (["--field", "text"], "'text' is not NAME=VALUE"),
        (["--wrong"], "unrecognized arguments: --wrong"),
        (["--sandbox", "http://127.0.0.1:1"], "no sandbox answers at http://127.0.0.1:1"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(
    arguments: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(arguments) == REFUSED
    said = capsys.readouterr().err
    assert told in said
    assert said.count("\n") == 1


def test_the_clauses_are_listed_with_their_sources(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--list"]) == 0
    assert "A4  A call without a signature is refused\n    HubSpot developer docs" in (
        capsys.readouterr().out
    )


def test_a_terminal_of_another_alphabet_is_shown_what_it_can(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shown = BytesIO()
    monkeypatch.setattr(sys, "stdout", TextIOWrapper(shown, encoding="ascii", write_through=True))
    assert run(["--list"]) == 0
    assert b"HubSpot developer docs" in shown.getvalue()


def test_usage_is_an_error_of_its_own() -> None:
    with pytest.raises(UsageError):
        read(["--app", "mine"])
