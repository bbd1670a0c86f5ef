"""``python -m sandbox.verify``: hold an app against the contract that it keeps with the vendors."""

import argparse
import asyncio
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import NoReturn

import httpx

from core.clients.system import SystemClock, pause
from core.ports import Clock, Pause
from sandbox.contract.bench import Bench, Sms, Subject
from sandbox.contract.calls import Caller
from sandbox.contract.discovery import NothingToExamineError, Sandbox
from sandbox.contract.report import as_json, as_junit, heading, listed, summary, told
from sandbox.contract.runner import Line, examine
from sandbox.terminal import speak_any_alphabet

CONSOLE = "http://127.0.0.1:4100"
"""Where a sandbox's console is, unless told otherwise."""
BROKEN, REFUSED = 1, 2
"""The exit codes: an app breaks a clause; what was asked cannot be done."""


class UsageError(Exception):
    """The command line cannot be understood; the message says what of it."""


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise UsageError(message)


@dataclass(frozen=True, slots=True)
class Observer:
    """Sees the SMS that an app sends in a sandbox, while time passes there.

    Args:
        sandbox: The sandbox.
        phone: Whose SMS.
        pause: Lets time pass.
    """

    sandbox: Sandbox
    phone: str
    pause: Pause

    async def sent(self) -> Sequence[Sms]:
        """Return the SMS sent to the contact so far, newest first."""
        return await self.sandbox.sent_to(self.phone)

    async def wait(self, seconds: float) -> None:
        """Let time pass, for the app to work in."""
        await self.pause(timedelta(seconds=seconds))


@dataclass(frozen=True, slots=True, kw_only=True)
class Verifier:
    """Examines an app as a command line asks.

    Args:
        http: The way to the app, and to the sandbox.
        clock: What o'clock it is.
        pause: Lets time pass.
        say: Tells people, line by line.
    """

    http: httpx.AsyncClient
    clock: Clock
    pause: Pause
    say: Callable[[str], None]

    async def verify(self, given: argparse.Namespace) -> int:
        """Examine, tell what was found, and return the exit code.

        Raises:
            UsageError: What is given does not go together.
            NothingToExamineError: There is no app to examine.
            OSError: The report cannot be written.
        """
        lines: list[Line] = []
        bench = await self._bench(given)
        async for line in examine(bench):
            if not given.json:
                self._tell(line, after=lines[-1] if lines else None)
            lines.append(line)
        if given.junit is not None:
            given.junit.write_bytes(as_junit(lines))
        self.say(as_json(lines) if given.json else f"\n{summary(lines)}")
        return BROKEN if any(line.is_broken for line in lines) else 0

    def _tell(self, line: Line, *, after: Line | None) -> None:
        if after is None or after.chapter is not line.chapter:
            self.say(("\n" if after else "") + heading(line))
        self.say(told(line, after))

    async def _bench(self, given: argparse.Namespace) -> Bench:
        now = self.clock.now
        run_number = str(int(now().timestamp()))
        if given.action or given.status or given.reply:
            return Bench(_alone(given, run_number), Caller(self.http, now))
        sandbox = Sandbox(self.http, given.sandbox.rstrip("/"))
        # HubSpot signs by the clock of its world, which may be ahead.
        ahead = await sandbox.now() - now()
        subject = await sandbox.find(run_number, app_id=given.app)
        observer = Observer(sandbox, subject.phone, self.pause)
        return Bench(subject, Caller(self.http, lambda: now() + ahead), observer)


def run(arguments: Sequence[str]) -> int:
    """Examine an app as ``arguments`` ask, and return the exit code."""
    speak_any_alphabet()
    try:
        given = read(arguments)
        if given.list:
            sys.stdout.write(f"{listed()}\n")
            return 0
        return asyncio.run(_verify(given))
    except (UsageError, NothingToExamineError, OSError) as exc:
        sys.stderr.write(f"{exc}\n")
        return REFUSED


async def _verify(given: argparse.Namespace) -> int:
    # Whoever follows sees each line when it is found, in a pipe too.
    say = partial(print, flush=True)
    async with httpx.AsyncClient(trust_env=False) as http:
        verifier = Verifier(http=http, clock=SystemClock(), pause=pause, say=say)
        return await verifier.verify(given)


def _alone(given: argparse.Namespace, run_number: str) -> Subject:
    if given.action and not given.secret:
        msg = "--action is signed with the app's client secret: give --secret too"
        raise UsageError(msg)
    return Subject(
        action=given.action or "",
        secret=given.secret or "",
        status=given.status or "",
        reply=given.reply or "",
        fields=dict(given.field or [("text", "Bonjour")]),
        run=run_number,
    )


def read(arguments: Sequence[str]) -> argparse.Namespace:
    """Return what a command line asks for.

    Raises:
        UsageError: It cannot be understood.
        SystemExit: Help was asked for, and given.
    """
    return _parser().parse_args(arguments)


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="python -m sandbox.verify",
        description=(
            "Hold an app against the contract that it keeps with HubSpot and smsmode. Without "
            "options, it is the app that is installed in the sandbox that runs."
        ),
        epilog='Through make: make verify ARGS="--junit report.xml"',
    )
    parser.add_argument(
        "--sandbox",
        default=CONSOLE,
        metavar="URL",
        help="the console of the sandbox that runs (default %(default)s)",
    )
    parser.add_argument("--app", type=int, metavar="ID", help="the installed app, where many are")
    alone = parser.add_argument_group("an app by itself, without a sandbox")
    alone.add_argument("--action", metavar="URL", help="where HubSpot calls its workflow action")
    alone.add_argument(
        "--secret", metavar="SECRET", help="the client secret that HubSpot signs with"
    )
    alone.add_argument("--status", metavar="URL", help="where smsmode posts its delivery reports")
    alone.add_argument("--reply", metavar="URL", help="where smsmode posts its replies")
    alone.add_argument(
        "--field",
        action="append",
        type=_field,
        metavar="NAME=VALUE",
        help="what stands in the action's form; may be given again (default text=Bonjour)",
    )
    parser.add_argument("--json", action="store_true", help="one JSON document, and nothing else")
    parser.add_argument("--junit", type=Path, metavar="FILE", help="write JUnit's XML too, for CI")
    parser.add_argument("--list", action="store_true", help="list the clauses with their sources")
    return parser


def _field(text: str) -> tuple[str, str]:
    name, found, value = text.partition("=")
    if not found or not name:
        msg = f"{text!r} is not NAME=VALUE"
        raise argparse.ArgumentTypeError(msg)
    return name, value


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
