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
from sandbox.cli import read_options
from tests.sandbox.served import process_of, sandbox_process

ROOT = Path(__file__).parents[2]
PAGES = ("README.md", "CONTRIBUTING.md")


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


def test_the_addresses_that_are_shown_answer() -> None:
    alone = process_of("fakes.smsmode", "--json", "--port", "0")
    with sandbox_process("--json", "--port", "0", "--empty") as sandbox, alone as smsmode:
        assert sandbox.stdout is not None
        assert smsmode.stdout is not None
        ready, told = json.loads(sandbox.stdout.readline()), json.loads(smsmode.stdout.readline())
        served = {"4100": ready["console"], "4101": ready["hubspot"]["api"], "4102": told["api"]}
        with httpx.Client() as http:
            send_an_sms(http, told, to="33612345678")
            for words in of("curl"):
                answer = http.request(**as_curl_asks(words, served))
                assert answer.is_success, (words, answer.text)


def send_an_sms(http: httpx.Client, told: dict[str, Any], *, to: str) -> None:
    """Have the phone that the README names get an SMS: others have nothing to answer."""
    body = {"recipient": {"to": to}, "body": {"text": "Bonjour"}}
    headers = {"X-Api-Key": told["api_keys"]["marketing"]}
    http.post(f"{told['api']}/sms/v1/messages", json=body, headers=headers).raise_for_status()


def as_curl_asks(words: list[str], served: dict[str, str]) -> dict[str, Any]:
    """Return the request that a command of curl makes, where its ports are really served."""
    url = next(word for word in words if word.startswith("http"))
    for port, address in served.items():
        url = url.replace(f"http://127.0.0.1:{port}", address)
    body = words[words.index("-d") + 1] if "-d" in words else None
    method = words[words.index("-X") + 1] if "-X" in words else "POST" if body else "GET"
    headers = {"content-type": "application/x-www-form-urlencoded"} if body else {}
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
