"""The log: one line an event, in either form, and nothing in it that only its owner may know."""

import io
import json
import logging
from collections.abc import Iterator
from datetime import timedelta

import pytest

from core.logs import LogForm, LogLevel, configure
from sandbox.furnishing import Furnisher
from sandbox.world import World

NUMBER = "33600010001"


@pytest.fixture
def kept() -> Iterator[None]:
    """Put the logging of the test run back afterwards."""
    root, names = logging.getLogger(), ("httpx", "httpcore", "procrastinate")
    handlers, level = list(root.handlers), root.level
    levels = {name: logging.getLogger(name).level for name in names}
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    for name, was in levels.items():
        logging.getLogger(name).setLevel(was)


def written(form: LogForm, level: LogLevel = LogLevel.INFO) -> str:
    stream = io.StringIO()
    configure(form, level, stream)
    log = logging.getLogger("core.services.sending")
    log.debug("send.looked_at")
    log.warning("send.refused", extra={"message_id": "m-1", "code": "opted_out"})
    try:
        int("a bug")
    except ValueError:
        log.exception("task_raised", extra={"kind": "send"})
    return stream.getvalue()


@pytest.mark.usefixtures("kept")
def test_a_line_is_an_object_with_the_events_name_and_ids() -> None:
    first, second = (json.loads(line) for line in written(LogForm.JSON).splitlines())
    assert first.pop("at").endswith("+00:00")
    assert first == {
        "level": "warning",
        "event": "send.refused",
        "logger": "core.services.sending",
        "message_id": "m-1",
        "code": "opted_out",
    }
    assert second["kind"] == "send"
    assert second["trace"].endswith("'a bug'")


@pytest.mark.usefixtures("kept")
def test_people_read_the_same_in_words() -> None:
    first, _, rest = written(LogForm.TEXT).partition("\n")
    assert first.endswith(" warning send.refused message_id=m-1 code=opted_out")
    assert rest.rstrip().endswith("'a bug'")


@pytest.mark.usefixtures("kept")
def test_the_level_decides_what_is_told() -> None:
    assert "send.looked_at" in written(LogForm.TEXT, LogLevel.DEBUG)
    assert written(LogForm.TEXT, LogLevel.ERROR).count("send.refused") == 0


@pytest.mark.usefixtures("kept")
async def test_the_whole_loop_logs_no_secret_no_text_and_no_whole_number() -> None:
    stream = io.StringIO()
    configure(LogForm.JSON, LogLevel.DEBUG, stream)
    async with World(seed=1) as world:
        identities = world.parties.identities
        furnisher = Furnisher(world.http, world.addresses, identities)
        furniture = await furnisher.furnish(world.browser(), seed=1)
        path = f"/crm/v3/objects/contacts/{furniture.contact_ids[0]}"
        await furnisher.hubspot(
            "PATCH", path, {"properties": {"cal_autres_sources": "Salon visiteur"}}
        )
        await world.advance(timedelta(seconds=30))
        reply = f"{world.addresses.smsmode_api}/_control/smsmode/phones/{NUMBER}/reply"
        await world.http.post(reply, json={"text": "STOP, laissez-moi"})
        await world.advance(timedelta(seconds=30))
    log = stream.getvalue()
    assert "action.accepted" in log
    assert "reply.received" in log
    secrets = [
        identities.client_secret,
        identities.developer_key,
        identities.access_token,
        identities.operator_token,
        identities.vault_key,
        identities.password,
        *identities.api_keys.values(),
        *world.parties.hubspot.hub.state.access_tokens,
        *world.parties.hubspot.hub.state.refresh_tokens,
        *world.parties.hubspot.hub.state.codes,
        NUMBER,
        "plaisir de discuter",
        "laissez-moi",
    ]
    assert [secret for secret in secrets if secret in log] == []
