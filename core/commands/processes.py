"""The commands that are processes: serve, work, and bring the tables to this release."""

import asyncio
import errno
import logging
import os
import signal
import socket
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, contextmanager

import uvicorn
from starlette.applications import Starlette

from core.bootstrap import Core, build, connect, open_database
from core.clients.http import Client
from core.clients.system import SystemClock, SystemIds, pause
from core.ground import Storage
from core.migrations import running
from core.settings import Settings
from core.stores.installs import Installs
from core.stores.vault import Vault

log = logging.getLogger(__name__)


def migrate(settings: Settings) -> None:
    """Bring the database's tables to this release, and say what was done.

    Raises:
        DatabaseInUseError: Another process uses the file.
        DatabaseDownError: PostgreSQL cannot be reached.
    """
    database = connect(settings)
    try:
        found = database.run_now(running.migrate)
    finally:
        database.close()
    sys.stdout.write(f"The tables were at step {found or 'none'} and are at step {running.HEAD}.\n")


async def work(settings: Settings, host: str, port: int | None) -> None:
    """Do the work until told to stop; what has begun is let finish.

    Args:
        settings: Who it is.
        host: Where health, readiness and metrics are told.
        port: On which port; nowhere when ``None``.

    Raises:
        AddressTakenError: Something else is served there.
        NoSuchHostError: There is no such address here.
    """
    if port is not None:
        with listen(host, port) as listening:
            await _serve(settings, listening, lambda core: core.worker_app)
        return
    database = _open(settings)
    loop = asyncio.get_running_loop()
    _started(settings)
    try:
        async with Client() as http, asyncio.TaskGroup() as group:
            core = build(
                settings, clock=SystemClock(), ids=SystemIds(), http=http, database=database
            )
            working = core.queue.run(core.handle, concurrency=settings.concurrency)
            worker = group.create_task(working)
            for number in (signal.SIGINT, signal.SIGTERM):
                loop.add_signal_handler(number, worker.cancel)
    finally:
        database.close()
    log.info("process.stopped")


class AddressTakenError(Exception):
    """The port to serve on cannot be had.

    Args:
        host: The host.
        port: The port.
        reason: What the system says.
    """

    code = "address_taken"

    def __init__(self, host: str, port: int, reason: object) -> None:
        super().__init__(f"{host}:{port} cannot be served ({reason}): choose another --port")


class NoSuchHostError(Exception):
    """The host to serve at is no address of this machine.

    Args:
        host: The host.
        reason: What the system says.
    """

    code = "no_such_host"

    def __init__(self, host: str, reason: object) -> None:
        super().__init__(
            f"--host {host!r} is no address of this machine ({reason}): leave it out to serve at "
            "127.0.0.1, or give 0.0.0.0 for all of its addresses"
        )


async def serve(settings: Settings, host: str, port: int) -> None:
    """Answer HTTP and do the work, until told to stop.

    Raises:
        AddressTakenError: Something else is served there.
        NoSuchHostError: There is no such address here.
    """
    with listen(host, port) as listening:
        await _serve(settings, listening, lambda core: core.app)


def listen(host: str, port: int) -> socket.socket:
    """Return a socket that listens at an address, before anything else is begun.

    Its connections send at once: otherwise the end of an answer would wait, 40 ms as a rule, until
    the caller has acknowledged its beginning.

    Raises:
        AddressTakenError: Something else is served there.
        NoSuchHostError: There is no such address here.
    """
    try:
        family, *_, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except (OSError, UnicodeError) as exc:
        raise NoSuchHostError(host, getattr(exc, "strerror", None) or exc) from exc
    try:
        listening = socket.create_server(address[:2], family=family)
    except OSError as exc:
        reason = os.strerror(exc.errno) if exc.errno else exc
        if exc.errno == errno.EADDRNOTAVAIL:
            raise NoSuchHostError(host, reason) from exc
        raise AddressTakenError(host, port, reason) from exc
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listening


async def _serve(
    settings: Settings, listening: socket.socket, face: Callable[[Core], Starlette]
) -> None:
    """Do the work and serve one of the core's faces, until told to stop."""
    database = _open(settings)
    try:
        async with Client() as http:
            core = build(
                settings,
                clock=SystemClock(),
                ids=SystemIds(),
                http=http,
                database=database,
                pause=pause,
            )
            app = face(core)
            app.router.lifespan_context = _working(core, settings.concurrency)
            # uvicorn's own lines on requests hold addresses, and these hold secrets.
            config = uvicorn.Config(app, log_config=None, access_log=False)
            host, port, *_ = listening.getsockname()
            _started(settings, host=host, port=port)
            await _Server(config).serve([listening])
    finally:
        database.close()
    log.info("process.stopped")


def _open(settings: Settings) -> Storage:
    """Return the database, of this release, with secrets that the vault's keys open.

    Without them nothing could be done for the accounts: better not to begin.
    """
    database = open_database(settings)
    try:
        database.run_now(Installs(Vault(settings.vault_keys)).all)
    except BaseException:
        database.close()
        raise
    return database


def _started(settings: Settings, **where: object) -> None:
    """Tell the log, which is read from here on, what this process is and where."""
    kind = "postgresql" if "://" in settings.database else "sqlite"
    told = {"database": kind, "public_url": settings.public_url, **where}
    log.info("process.started", extra=told)


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


def _working(
    core: Core, concurrency: int
) -> Callable[[Starlette], AbstractAsyncContextManager[None]]:
    """Return a lifespan during which the core's work is done."""

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        async with asyncio.TaskGroup() as group:
            worker = group.create_task(core.queue.run(core.handle, concurrency=concurrency))
            yield
            worker.cancel()

    return lifespan
