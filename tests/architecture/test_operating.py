"""What ``docs/operating.md`` tells whoever operates the integration is there to be done."""

import re
from pathlib import Path

import pytest

from core.__main__ import main
from core.environment import VARIABLES
from core.http.api_table import TOLD
from tests.core.builders import OPERATOR
from tests.core.harness import Harness

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "operating.md").read_text(encoding="utf-8")
SPOKEN = re.findall(r"(?<!`)`([^`]+)`(?!`)", PAGE)


def test_every_command_that_is_told_is_one(capsys: pytest.CaptureFixture[str]) -> None:
    told = set(re.findall(r"python -m core ([a-z-]+)", PAGE))
    assert len(told) > 5
    for command in told:
        with pytest.raises(SystemExit) as ended:
            main([command, "--help"], {})
        assert ended.value.code == 0
        assert capsys.readouterr().out


def test_every_route_and_variable_that_is_told_is_one() -> None:
    routes = {words for words in SPOKEN if re.fullmatch(r"[A-Z]+ /.*", words)}
    assert len(routes) > 5
    assert routes <= TOLD.keys()
    variables = set(re.findall(r"(?:CORE|HUBSPOT|SMSMODE)_[A-Z_]+", PAGE))
    assert variables
    assert variables <= {variable.name for variable in VARIABLES.values()}


def test_every_event_of_the_log_that_is_told_is_one() -> None:
    told = {words for words in SPOKEN if re.fullmatch(r"[a-z]+\.[a-z_]+", words)}
    written = "".join(path.read_text("utf-8") for path in (ROOT / "core").rglob("*.py"))
    assert {"action.accepted", "sms.status"} <= told
    assert all(f'"{event}"' in written for event in told)


def test_every_event_of_the_log_is_named_alike() -> None:
    call = re.compile(r"\blog\.(?:debug|info|warning|error|exception)\(\s*([^,)]+)")
    sources = sorted((ROOT / "core").rglob("*.py"))
    named = [
        (path.stem, name) for path in sources for name in call.findall(path.read_text("utf-8"))
    ]
    assert len(named) > 20
    assert not [one for one in named if not re.fullmatch(r'"[a-z_]+\.[a-z_]+"', one[1])]


async def test_every_metric_that_is_told_is_one() -> None:
    told = {words for words in SPOKEN if words.startswith("smsmode_hubspot_")}
    async with Harness() as harness:
        headers = {"authorization": f"Bearer {OPERATOR}"}
        said = (await harness.request("GET", "/metrics", headers=headers)).text
    named = set(re.findall(r"^# TYPE (\S+)", said, re.MULTILINE))
    assert len(told) > 5
    assert told <= named
