"""The commands that the documentation shows are there, and do what they are shown for."""

import json
import re
import shlex
import shutil
import subprocess
from pathlib import Path

import httpx
import pytest

from core.__main__ import main
from sandbox.cli import read_options
from tests.sandbox.served import sandbox_process

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
    with sandbox_process("--json", "--port", "0", "--empty") as process, httpx.Client() as http:
        assert process.stdout is not None
        console = json.loads(process.stdout.readline())["console"]
        for words in of("curl"):
            url = next(word for word in words if word.startswith("http"))
            url = url.replace("http://127.0.0.1:4100", console)
            body = words[words.index("-d") + 1] if "-d" in words else None
            answer = http.post(url, content=body) if body else http.get(url)
            assert answer.status_code == 200, (words, answer.text)


def test_every_page_and_picture_that_is_linked_is_there() -> None:
    for page in (*PAGES, "ARCHITECTURE.md"):
        text = (ROOT / page).read_text(encoding="utf-8")
        links = re.findall(r"\]\(([^)#:]+)\)", text)
        assert all((ROOT / link).exists() for link in links), page


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
