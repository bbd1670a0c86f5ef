"""``python -m core``: the integration as processes, set up by the environment.

``serve`` answers HTTP and does the work; ``worker`` does the work alone, on as many machines as
share a PostgreSQL; ``migrate`` brings its tables to this release.
"""

import argparse
import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager, contextmanager

import httpx
import uvicorn
from starlette.applications import Starlette

from core.bootstrap import Core, build, connect, open_database
from core.clients.running import NotAnsweredError, ask_checks
from core.clients.system import SystemClock, SystemIds
from core.domain.checks import as_lines
from core.domain.ids import ContactId, PortalId
from core.logs import configure
from core.migrations import running
from core.migrations.running import StaleSchemaError
from core.ports import DatabaseDownError
from core.settings import Settings, SettingsError, from_env
from core.stores.database import DatabaseInUseError
from core.stores.vault import VaultError

_EXPLAINED = (
    SettingsError,
    DatabaseInUseError,
    DatabaseDownError,
    StaleSchemaError,
    VaultError,
    NotAnsweredError,
)
"""What says by itself what is wrong, and what to do."""


def main(arguments: Sequence[str], environment: Mapping[str, str]) -> int:
    """Run a command of the core's, and return its exit code."""
    parser = argparse.ArgumentParser(prog="python -m core", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    serve = commands.add_parser("serve", help="answer HTTP and do the work, until stopped")
    serve.add_argument("--host", default="127.0.0.1")
    serve.add_argument("--port", type=int, default=8080)
    commands.add_parser("worker", help="do the work alone, beside others that share PostgreSQL")
    commands.add_parser("migrate", help="bring the database's tables to this release")
    check = commands.add_parser("check", help="say why a contact got no SMS")
    check.add_argument("--portal", type=int, required=True, help="the HubSpot account")
    check.add_argument("--contact", type=int, required=True, help="the contact's record")
    check.add_argument("--language", choices=("fr", "en"), default="fr")
    given = parser.parse_args(arguments)
    try:
        settings = from_env(environment)
        if given.command == "migrate":
            _migrate(settings)
        elif given.command == "check":
            asyncio.run(_check(settings, given))
        elif given.command == "worker":
            asyncio.run(_work(settings))
        else:
            asyncio.run(_serve(settings, given.host, given.port))
    except _EXPLAINED as exc:
        sys.stderr.write(f"{exc}\n")
        return 2
    return 0


async def _check(settings: Settings, given: argparse.Namespace) -> None:
    """Print the five checks of a contact, as the core that runs tells them."""
    portal_id, contact_id = PortalId(given.portal), ContactId(str(given.contact))
    async with httpx.AsyncClient() as http:
        told = await ask_checks(http, settings, portal_id, contact_id, given.language)
    sys.stdout.write(as_lines(told) + "\n")


def _migrate(settings: Settings) -> None:
    database = connect(settings)
    try:
        found = database.run_now(running.migrate)
    finally:
        database.close()
    sys.stdout.write(f"The tables were at step {found or 'none'} and are at step {running.HEAD}.\n")


async def _work(settings: Settings) -> None:
    """Do the work until told to stop; what has begun is let finish."""
    database = open_database(settings)
    configure(settings.log_form, settings.log_level)
    loop = asyncio.get_running_loop()
    try:
        async with httpx.AsyncClient() as http, asyncio.TaskGroup() as group:
            core = build(
                settings, clock=SystemClock(), ids=SystemIds(), http=http, database=database
            )
            work = core.queue.run(core.handle, concurrency=settings.concurrency)
            worker = group.create_task(work)
            for number in (signal.SIGINT, signal.SIGTERM):
                loop.add_signal_handler(number, worker.cancel)
    finally:
        database.close()


class _Server(uvicorn.Server):
    """Stops when the process is told to; uvicorn's own would then end the process itself.

    The database is closed and the exit code given only if ``serve`` returns.
    """

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Have the signals that end a process stop the server; a second Ctrl-C waits no more."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, self.handle_exit, number, None)
        yield


async def _serve(settings: Settings, host: str, port: int) -> None:
    database = open_database(settings)
    configure(settings.log_form, settings.log_level)
    try:
        async with httpx.AsyncClient() as http:
            core = build(
                settings, clock=SystemClock(), ids=SystemIds(), http=http, database=database
            )
            core.app.router.lifespan_context = _working(core, settings.concurrency)
            config = uvicorn.Config(core.app, host=host, port=port, log_config=None)
            await _Server(config).serve()
    finally:
        database.close()


def _working(
    core: Core, concurrency: int
) -> Callable[[Starlette], AbstractAsyncContextManager[None]]:
    """Return a lifespan during which the core's work is done."""

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        async with asyncio.TaskGroup() as work:
            worker = work.create_task(core.queue.run(core.handle, concurrency=concurrency))
            yield
            worker.cancel()

    return lifespan


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], os.environ))  # noqa: TID251 - the one reading of the environment
