"""``python -m fakes.smsmode`` as people run it."""

import json
import signal
import subprocess
import sys
from collections.abc import Iterator

import httpx
import pytest

from fakes.kit.sockets import bind
from fakes.smsmode import magic
from fakes.smsmode.cli import main

PATIENCE = 20


@pytest.fixture
def served() -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-m", "fakes.smsmode", "--port", "0", "--json", "--seed", "3"]
    command += ["--set", "short_code=36111"]
    # Our own module, run by this very Python.
    process = subprocess.Popen(  # noqa: S603
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate(timeout=PATIENCE)


def test_it_stands_alone_and_stops_cleanly(served: subprocess.Popen[str]) -> None:
    assert served.stdout is not None
    ready = json.loads(served.stdout.readline())
    body = {"recipient": {"to": "33611111111"}, "body": {"text": "Bonjour"}}
    headers = {"X-Api-Key": ready["api_keys"]["marketing"]}
    answer = httpx.post(f"{ready['api']}/sms/v1/messages", json=body, headers=headers)
    assert answer.status_code == 201
    assert answer.json()["href"].startswith(ready["api"])
    assert answer.json()["from"] == "36111"
    served.send_signal(signal.SIGINT)
    out, err = served.communicate(timeout=PATIENCE)
    assert (served.returncode, out, err) == (0, "", "")


def test_a_port_in_use_is_one_clear_line(capsys: pytest.CaptureFixture[str]) -> None:
    with bind(0) as taken:
        taken.listen()
        port = taken.getsockname()[1]
        assert main(["--port", str(port)]) == 2
    said = capsys.readouterr().err
    assert f"Port {port}" in said
    assert "--port" in said
    assert said.count("\n") == 1


def test_a_setting_that_does_not_fit_is_one_line_and_the_code_2(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["--set", "colour=blue"]) == 2
    told = capsys.readouterr().err
    assert "colour" in told
    assert told.count("\n") == 1


@pytest.mark.parametrize(
    "wrong", [["--port", "70000"], ["--port", "x"], ["magic"], ["--set", "short_code"]]
)
def test_wrong_arguments_end_with_2(wrong: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(wrong)
    assert stopped.value.code == 2
    assert "error" in capsys.readouterr().err


def test_the_magic_numbers_command_prints_the_page(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["magic-numbers"]) == 0
    assert capsys.readouterr().out == magic.page()
