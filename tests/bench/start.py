"""A cold start of the sandbox: from the command to its ready line."""

import statistics
import subprocess
import sys
import time

ROUNDS = 5


def figures() -> list[tuple[str, str]]:
    """Return the start's cost as (what, how much)."""
    sandbox = [sys.executable, "-m", "sandbox", "--json", "--port", "0"]
    bare = [sys.executable, "-c", "import starlette.applications, httpx, uvicorn; print()"]
    ready = statistics.median(_until_first_line(sandbox) for _ in range(ROUNDS))
    imports = statistics.median(_until_first_line(bare) for _ in range(ROUNDS))
    return [
        ("cold start to ready, median (goal: under 1 s)", f"{ready:.2f} s"),
        ("… in imports of starlette, httpx and uvicorn alone", f"{ready / imports:.1f}"),
    ]


def _until_first_line(command: list[str]) -> float:
    begun = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:  # noqa: S603 - ours
        assert process.stdout is not None
        process.stdout.readline()
        passed = time.perf_counter() - begun
        process.terminate()
        process.wait(timeout=10)
    return passed
