"""Starts the sandbox as a user does, has an SMS go out, come in and be answered, and stops it."""

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import httpx

STOPPED = (0, 2, -signal.SIGINT)
"""How make ends when it is interrupted, whatever its version."""

TRIES, PAUSE = 100, 0.1
"""How often, and how many seconds apart, one looks for what takes real time."""


@contextmanager
def running_sandbox() -> Iterator[dict[str, Any]]:
    """Start the sandbox on free ports; give its ready line; stop it as Ctrl-C does."""
    command = ["make", "--silent", "sandbox", "ARGS=--json --port 0"]
    with subprocess.Popen(  # noqa: S603 - ours
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, process_group=0
    ) as process:
        assert process.stdout is not None
        try:
            yield json.loads(process.stdout.readline())
        finally:
            # As a terminal does: Ctrl-C reaches make and the sandbox alike.
            os.killpg(process.pid, signal.SIGINT)
            _, said = process.communicate(timeout=10)
    assert "Traceback" not in said, said
    assert process.returncode in STOPPED, f"the sandbox stopped with {process.returncode}: {said}"


def eventually(what: str, look: Callable[[], Any]) -> Any:
    """Return what ``look`` finds, once it finds something."""
    pause = threading.Event()
    for _ in range(TRIES):
        if found := look():
            return found
        pause.wait(PAUSE)
    raise AssertionError(f"never seen: {what}")


def main() -> int:
    """Run the loop, and return the exit code."""
    with running_sandbox() as ready, httpx.Client() as http:
        assert http.get(f"{ready['console']}/_sandbox/ready").status_code == 200
        loop(ready, http)
    sys.stdout.write("smoke: 1 passed, 0 failed\n")
    return 0


def loop(ready: dict[str, Any], http: httpx.Client) -> None:
    """Enrol a contact, see the SMS received, answer STOP, see the contact opted out."""
    hubspot, smsmode = ready["hubspot"], ready["smsmode"]
    contacts = f"{hubspot['api']}/crm/v3/objects/contacts"
    token = {"authorization": f"Bearer {hubspot['access_token']}"}
    asked = {"properties": "phone,smsmode_status", "limit": "1"}
    contact = http.get(contacts, params=asked, headers=token).json()["results"][0]
    address = f"{contacts}/{contact['id']}"
    values = {"properties": {"cal_autres_sources": "Salon visiteur"}}
    http.patch(address, json=values, headers=token).raise_for_status()
    phone = "33" + "".join(filter(str.isdigit, contact["properties"]["phone"]))[2:]
    control = f"{smsmode['api']}/_control/smsmode/phones/{phone}"

    def delivered() -> bool:
        thread = http.get(control).json()["thread"]
        return any(bubble["status"] == "DELIVERED" for bubble in thread)

    def opted_out() -> bool:
        found = http.get(address, params=asked, headers=token).json()
        return bool(found["properties"]["smsmode_status"] == "Refus des SMS promotionnels")

    eventually("the SMS is delivered", delivered)
    http.post(f"{control}/reply", json={"text": "STOP"}).raise_for_status()
    eventually("the contact is opted out", opted_out)


if __name__ == "__main__":
    sys.exit(main())
