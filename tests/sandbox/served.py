"""A sandbox in a process of its own, for tests of what only a process shows."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager

PATIENCE = 30
"""Seconds after which a test gives up on a process; none should need them."""


def sandbox_process(*arguments: str) -> AbstractContextManager[subprocess.Popen[str]]:
    """Start ``python -m sandbox`` and see that it ends."""
    return process_of("sandbox", *arguments)


@contextmanager
def process_of(module: str, *arguments: str) -> Iterator[subprocess.Popen[str]]:
    """Start ``python -m`` one of our modules and see that it ends."""
    process = subprocess.Popen(  # noqa: S603 - our own module, with the tests' own arguments
        [sys.executable, "-m", module, *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate(timeout=PATIENCE)
