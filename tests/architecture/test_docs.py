"""The commands that the documentation shows are there, and do what they are shown for."""

import json
import re
import shlex
import shutil
import subprocess
from pathlib import Path
from typing import Any

import httpx
import pytest

from core.__main__ import main
from sandbox.asking import choose_account
from sandbox.browser import Browser
from sandbox.cli import read_options
from sandbox.live import loopback
from sandbox.tutorial import TEXT
from tests.sandbox.served import process_of, sandbox_process

ROOT = Path(__file__).parents[2]
PATIENCE = 500
"""How often a valve is looked at before it is taken to hold nothing more."""
PAGES = ("README.md", "CONTRIBUTING.md", "docs/tutorial.md")


def commands() -> list[str]:
    """Return each line of each shell block, without its comment."""
    found: list[str] = []
    for page in PAGES:
        text = (ROOT / page).read_text(encoding="utf-8")
        for block in re.findall(r"```sh\n(.*?)```", text, re.DOTALL):
            found += [line.partition("  #")[0].strip() for line in block.splitlines()]
    return [line for line in dict.fromkeys(found) if line]


def of(program: str) -> list[list[str]]:
    return [words for words in map(shlex.split, commands()) if words[0] == program]


def test_every_command_is_of_a_kind_that_is_tried_here() -> None:
    assert {shlex.split(line)[0] for line in commands()} == {"make", "curl"}


@pytest.mark.skipif(shutil.which("make") is None, reason="make is not on this machine")
@pytest.mark.parametrize("words", of("make"), ids=" ".join)
def test_make_knows_the_target(words: list[str]) -> None:
    shown = subprocess.run(["make", "-n", *words[1:]], cwd=ROOT, capture_output=True, check=False)  # noqa: S603, S607 - ours
    assert shown.returncode == 0, shown.stderr


@pytest.mark.parametrize("words", of("make"), ids=" ".join)
def test_the_sandbox_takes_the_options_that_are_shown(words: list[str]) -> None:
    given = dict(word.split("=", 1) for word in words[2:])
    if words[1] == "sandbox":
        options = read_options(shlex.split(given.get("ARGS", "")), {})
        assert options.as_json == ("--json" in given.get("ARGS", ""))


async def test_the_commands_that_are_shown_do_what_they_are_shown_for() -> None:
    alone = process_of("fakes.smsmode", "--json", "--port", "0")
    with sandbox_process("--json", "--port", "0", "--empty") as sandbox, alone as smsmode:
        assert sandbox.stdout is not None
        assert smsmode.stdout is not None
        ready, told = json.loads(sandbox.stdout.readline()), json.loads(smsmode.stdout.readline())
        served = {"4100": ready["console"], "4101": ready["hubspot"]["api"], "4102": told["api"]}
        async with httpx.AsyncClient(trust_env=False) as http:
            for words in of("curl"):
                if "/automation/v4/actions/" in " ".join(words):
                    await install_own_app(served, http)
                asked = as_curl_asks(words, served, key=told["api_keys"]["marketing"])
                answer = await http.request(**asked)
                assert not answer.is_error, (words, answer.text)
                if words[-1].endswith("/callbacks/valve"):
                    await see_two_held(asked["url"], http)
            console = await http.get(served["4100"], headers={"accept-language": "en"})
            # The tutorial's eight, and the one of its page.
            assert console.text.count(">Came to the fair</button>") == 9
            http.headers["authorization"] = f"Bearer {ready['hubspot']['access_token']}"
            flows = f"{served['4101']}/automation/v4/flows"
            (flow,) = (await http.get(flows)).json()["results"]
            made = (await http.get(f"{flows}/{flow['id']}")).json()
            assert made["actions"][0]["fields"] == {"text": TEXT}


async def see_two_held(valve: str, http: httpx.AsyncClient) -> None:
    """See the valve hold both reports of an SMS: what fell due is done beside the answers."""
    for _ in range(PATIENCE):
        if len((await http.get(valve)).json()["held"]) == 2:
            return
    pytest.fail("the valve does not hold two reports")


async def install_own_app(served: dict[str, str], http: httpx.AsyncClient) -> None:
    """Consent at the address that the README shows, and exchange the code as that app would."""
    told = (await http.get(f"{served['4100']}/_sandbox/identities")).json()["hubspot"]
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    (link,) = re.findall(r"^http://127.0.0.1:4101(/oauth/authorize\?.*)$", text, re.MULTILINE)
    back = OwnApp()
    browser = Browser(back)
    await browser.open(served["4101"] + link)
    await browser.submit("Connexion", **told["user"])
    await choose_account(browser, told["portal_id"])
    await browser.submit("Connecter l'application")
    await browser.close()
    form = {
        "grant_type": "authorization_code",
        "client_id": "my-client",
        "client_secret": "my-secret",
        "redirect_uri": "http://localhost:3000/oauth/callback",
        "code": back.code,
    }
    answer = await http.post(f"{served['4101']}/oauth/v1/token", data=form)
    answer.raise_for_status()


class OwnApp(httpx.AsyncBaseTransport):
    """The way to this machine's addresses, where ``localhost:3000`` is an app that takes a code."""

    def __init__(self) -> None:
        self.code = ""
        self._way = loopback()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if request.url.netloc != b"localhost:3000":
            return await self._way.handle_async_request(request)
        self.code = request.url.params["code"]
        return httpx.Response(200, text="installed")

    async def aclose(self) -> None:
        await self._way.aclose()


def as_curl_asks(words: list[str], served: dict[str, str], *, key: str) -> dict[str, Any]:
    """Return the request that a command of curl makes, where its ports are really served.

    ``key`` is what the shell's ``$KEY`` holds.
    """
    shown = next(word for word in words if word.startswith("http"))
    url = re.sub(r"^http://127\.0\.0\.1:(\d+)", lambda port: served[port[1]], shown)
    body = words[words.index("-d") + 1] if "-d" in words else None
    method = words[words.index("-X") + 1] if "-X" in words else "POST" if body else "GET"
    headers = {"content-type": "application/x-www-form-urlencoded"} if body else {}
    if "-H" in words:
        name, value = words[words.index("-H") + 1].split(": ")
        headers[name.lower()] = value.replace("$KEY", key)
    return {"method": method, "url": url, "content": body, "headers": headers}


def test_every_page_and_picture_that_is_linked_is_there() -> None:
    pages = [ROOT / page for page in (*PAGES, "ARCHITECTURE.md")]
    for page in [*pages, *(ROOT / "docs").glob("*.md")]:
        links = re.findall(r"\]\(([^)#:]+)\)", page.read_text(encoding="utf-8"))
        assert all((page.parent / link).exists() for link in links), page


def test_the_integrations_commands_that_are_shown_are_those_that_it_has(
    capsys: pytest.CaptureFixture[str],
) -> None:
    table = (ROOT / "README.md").read_text(encoding="utf-8").partition("| `python -m core …` |")[2]
    rows = [line.split("|")[1] for line in table.partition("\n\n")[0].splitlines()[2:]]
    shown = {word.split()[0] for row in rows for word in re.findall(r"`([^`]+)`", row)}
    with pytest.raises(SystemExit):
        main(["--help"], {})
    told = re.findall(r"^    ([a-z-]+)(?: |$)", capsys.readouterr().out, re.MULTILINE)
    assert shown == set(told)
