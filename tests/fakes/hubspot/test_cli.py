"""A HubSpot by itself: what it says, how it ends, and what it refuses to begin."""

import signal
import subprocess
import sys

import httpx
import orjson
import pytest

from fakes.hubspot.cli import Options, main, read
from fakes.hubspot.served import furnish, greeting
from fakes.kit.sockets import address_of, bind
from tests.fakes.hubspot.world import World

PATIENCE = 30


def test_it_answers_with_the_keys_that_it_gives_and_stops_on_a_signal() -> None:
    command = [sys.executable, "-m", "fakes.hubspot", "--port", "0", "--json", "--seed", "3"]
    command += ["--set", "access_lifetime=60", "--set", "sent_fields=inputFields"]
    # Our own module, run by this very Python.
    with subprocess.Popen(command, stdout=subprocess.PIPE) as served:  # noqa: S603
        assert served.stdout is not None
        known = orjson.loads(served.stdout.readline())
        answer = httpx.get(
            f"{known['address']}/account-info/v3/details",
            headers={"Authorization": f"Bearer {known['private_token']}"},
        )
        settings = httpx.get(f"{known['address']}/_control/hubspot/settings").json()
        served.send_signal(signal.SIGINT)
        assert served.wait(PATIENCE) == 0
    assert answer.json()["portalId"] == known["portal_id"]
    assert known["seed"] == 3
    assert (settings["access_lifetime"], settings["sent_fields"]) == (60.0, "inputFields")


def test_a_port_in_use_is_one_line_and_the_code_2(capsys: pytest.CaptureFixture[str]) -> None:
    with bind(0) as taken:
        taken.listen()
        port = int(address_of(taken).rpartition(":")[2])
        assert main(["--port", str(port)]) == 2
    said = capsys.readouterr().err
    assert said.startswith(f"Port {port} cannot be used")
    assert said.count("\n") == 1


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ("colour=blue", "There is no setting 'colour'"),
        (
            "refresh_tokens=foo",
            "'foo' does not fit the setting 'refresh_tokens', which is one of keep, rotate.\n",
        ),
        (
            "access_lifetime=long",
            "'long' does not fit the setting 'access_lifetime', which is a number of seconds.\n",
        ),
        ("sends_v2=yes", "'yes' does not fit the setting 'sends_v2', which is true or false.\n"),
        (
            "calls_per_window=1.5",
            "'1.5' does not fit the setting 'calls_per_window', which is a whole number.\n",
        ),
    ],
)
def test_a_setting_that_does_not_fit_is_one_line_and_the_code_2(
    setting: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--set", setting]) == 2
    told = capsys.readouterr().err
    assert told.startswith(said)
    assert told.count("\n") == 1


@pytest.mark.parametrize("url", ["notaurl", "http://[", "http://app.example/back", ""])
def test_an_address_that_no_consent_may_lead_to_is_one_line_and_the_code_2(
    url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--port", "0", "--redirect-url", url]) == 2
    told = capsys.readouterr().err
    assert told.startswith(f"'{url}' cannot be a redirect address")
    assert told.count("\n") == 1


@pytest.mark.parametrize("text", ["", "oauth timeline"])
def test_what_is_not_one_scope_is_refused(text: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as refused:
        main(["--port", "0", "--scope", text])
    assert refused.value.code == 2
    assert f"'{text}' is not one scope" in capsys.readouterr().err


def test_scopes_are_given_at_once_or_one_by_one() -> None:
    options, _ = read(["--scopes", "oauth  timeline", "--scope", "tickets"])
    assert options.scopes == ("oauth", "timeline", "tickets")
    assert read([])[0].scopes == Options().scopes


@pytest.mark.parametrize("text", ["-1", "65536", "x", ""])
def test_what_is_no_port_is_refused(text: str) -> None:
    with pytest.raises(SystemExit) as refused:
        main(["--port", text])
    assert refused.value.code == 2


async def test_people_read_every_key(world: World) -> None:
    options = Options(scopes=("oauth",), redirect_urls=("https://app.example/back",))
    furniture = furnish(world.hubspot, options, "http://127.0.0.1:1")
    said = greeting(options, furniture)
    for key in (furniture.client_secret, furniture.private_token, str(furniture.portal_id)):
        assert key in said
    assert "redirect_uri=https%3A%2F%2Fapp.example%2Fback" in said
