"""A sandbox in a process of its own, for tests of what only a process shows."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager

PATIENCE = 30
"""Seconds after which a test gives up on a process; none should need them."""


def sandbox_process(
    *arguments: str, **environment: str
) -> AbstractContextManager[subprocess.Popen[str]]:
    """Start ``python -m sandbox`` and see that it ends."""
    return process_of("sandbox", *arguments, **environment)


@contextmanager
def process_of(module: str, *arguments: str, **environment: str) -> Iterator[subprocess.Popen[str]]:
    """Start ``python -m`` one of our modules and see that it ends.

    Args:
        module: Which.
        arguments: Its command line.
        environment: What differs from the tests' own environment.
    """
    process = subprocess.Popen(  # noqa: S603 - our own module, with the tests' own arguments
        [sys.executable, "-m", module, *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, **environment},  # noqa: TID251 - what is begun has the tests' own
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate(timeout=PATIENCE)
