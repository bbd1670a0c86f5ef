"""The command line: what it understands, and how it refuses."""

import socket

import pytest

from sandbox.cli import read_language, read_options, run

NOTHING: dict[str, str] = {}


def test_without_arguments_the_ports_begin_at_4100_on_the_machines_own_time() -> None:
    options = read_options([], NOTHING)
    assert (options.port, options.rate, options.seed) == (4100, 1.0, 0)
    assert not options.as_json
    assert not options.is_empty


def test_every_argument_is_read() -> None:
    asked = ["--json", "--port", "0", "--seed", "7", "--empty", "--rate", "60", "--lang", "en"]
    options = read_options(asked, NOTHING)
    assert (options.as_json, options.port, options.seed) == (True, 0, 7)
    assert (options.is_empty, options.rate, options.language) == (True, 60.0, "en")


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["--port", "65533"], "65532"),
        (["--port", "-1"], "'-1'"),
        (["--port", "http"], "'http'"),
        (["--seed", "x"], "--seed"),
        (["--rate", "-2"], "'-2'"),
        (["--rate", "nan"], "'nan'"),
        (["--rate", "1e308"], "from 0 to 31622400"),
        (["--rate", "fast"], "'fast'"),
        (["--lang", "de"], "'de'"),
        (["--colour"], "--colour"),
    ],
)
def test_what_cannot_be_understood_is_named_in_one_line(
    arguments: list[str], named: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(arguments, NOTHING) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.count("\n") == 1
    assert named in told.err


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--port", "x"], "--port : 'x' n'est pas un port de 0 à 65532"),
        (["--port"], "l'option --port attend une valeur"),
        (["--seed", "x"], "--seed : 'x' n'est pas un nombre entier"),
        (["--rate", "-2"], "--rate : '-2' n'est pas un nombre de 0 à 31622400"),
        (["--lang", "de"], "--lang : 'de' n'est pas proposé"),
        (["--json=3"], "l'option --json n'attend pas de valeur : '3'"),
        (["--colour"], "option inconnue : --colour"),
    ],
)
def test_a_french_terminal_is_told_in_french(
    arguments: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    run(arguments, {"LANG": "fr_FR.UTF-8"})
    said = capsys.readouterr().err
    assert said == f'sandbox : {told} (toutes les options : make sandbox ARGS="--help")\n'


@pytest.mark.parametrize(
    ("language", "words"), [("fr", "n'est pas libre"), ("en", "cannot be used")]
)
def test_a_port_in_use_is_named_with_what_to_type_instead(
    language: str, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        first = min(port, 65532)
        assert run(["--port", str(first), "--lang", language], NOTHING) == 2
    told = capsys.readouterr().err
    assert told.count("\n") == 1
    assert str(port) in told
    assert words in told
    assert "--port 0" in told


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, "en"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LANG": "POSIX"}, "en"),
        ({"LANG": "fr_CA.UTF-8"}, "fr"),
        ({"LANG": "en_GB.UTF-8"}, "en"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LC_ALL": "en_US.UTF-8", "LANG": "fr_FR.UTF-8"}, "en"),
        ({"LC_ALL": "", "LC_MESSAGES": "fr_FR", "LANG": "en_US"}, "fr"),
    ],
)
def test_the_terminals_language_follows_its_locale(
    environment: dict[str, str], language: str
) -> None:
    assert read_language(environment) == language
