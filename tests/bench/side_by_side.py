"""Serves a bare app and a fake in one process, each as its users serve it, until standard input ends."""

import asyncio
import gc
import sys
from collections.abc import Mapping
from typing import Any

import orjson
import uvicorn
from starlette.types import ASGIApp

from fakes.kit.serving import COLLECTED_AFTER, Server
from fakes.kit.sockets import bind


async def serve(bare: ASGIApp, ours: ASGIApp, told: Mapping[str, Any]) -> None:
    """Serve both, and print one line of JSON: ``told`` and their ``ports``, the bare one's first.

    The bare app is served by uvicorn as it comes, without a log of accesses; the fake by the
    project's own server.
    """
    plain = uvicorn.Config(
        bare, http="httptools", ws="none", lifespan="off", log_config=None, access_log=False
    )
    bounds = [bind(0), bind(0)]
    for bound in bounds:
        bound.listen(128)
    async with asyncio.TaskGroup() as group:
        tasks = [
            # Signals are the process's affair.
            group.create_task(server._serve([bound]))
            for server, bound in zip((uvicorn.Server(plain), Server(ours)), bounds, strict=True)
        ]
        # As every long-lived process of this project does once it has started.
        gc.collect()
        gc.freeze()
        gc.set_threshold(*COLLECTED_AFTER)
        ports = [bound.getsockname()[1] for bound in bounds]
        sys.stdout.write(orjson.dumps({**told, "ports": ports}).decode() + "\n")
        sys.stdout.flush()
        await asyncio.to_thread(sys.stdin.read)
        for task in tasks:
            task.cancel()
