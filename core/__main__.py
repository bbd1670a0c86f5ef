"""``python -m core serve``: the integration as a process, set up by the environment."""

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

from core.bootstrap import Core, build, open_database
from core.clients.system import SystemClock, SystemIds
from core.settings import Settings, SettingsError, from_env
from core.stores.database import DatabaseInUseError
from core.stores.vault import VaultError


def main(arguments: Sequence[str], environment: Mapping[str, str]) -> int:
    """Run a command of the core's, and return its exit code."""
    parser = argparse.ArgumentParser(prog="python -m core", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    serve = commands.add_parser("serve", help="answer HTTP and do the work, until stopped")
    serve.add_argument("--host", default="127.0.0.1")
    serve.add_argument("--port", type=int, default=8080)
    given = parser.parse_args(arguments)
    try:
        settings = from_env(environment)
        asyncio.run(_serve(settings, given.host, given.port))
    except (SettingsError, DatabaseInUseError, VaultError) as exc:
        sys.stderr.write(f"{exc}\n")
        return 2
    return 0


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
