"""The whole loop in process: from an empty world to the notification after a STOP."""

import asyncio
import statistics
import time

import httpx
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from features.stage import Stage
from sandbox.tutorial import SOURCE, VISITOR

ROUNDS = 21


def figures() -> list[tuple[str, str]]:
    """Return the loop's cost as (what, how much)."""
    costs, building = [], []
    for _ in range(ROUNDS):
        begun = time.process_time()
        stage = Stage()
        _ = stage.world  # it begins when it is first spoken of
        built = time.process_time()
        play(stage)
        costs.append(time.process_time() - built)
        building.append(built - begun)
        stage.close()
    call = asyncio.run(_bare_call())
    loop, world = statistics.median(costs), statistics.median(building)
    return [
        ("an empty world, CPU, median", f"{world * 1000:.1f} ms"),
        ("the whole loop, CPU, median (goal: under 40 ms)", f"{loop * 1000:.1f} ms"),
        ("… as bare in-process HTTP calls of this run", f"{loop / call:.0f}"),
    ]


def play(stage: Stage) -> None:
    """Install, enrol, send, deliver, reply, STOP, refuse the promotion, send the notification."""
    stage.run(stage.furnisher.install(stage.browser))
    stage.run(stage.furnisher.link_keys())
    stage.run(stage.furnisher.create_source())
    stage.definition_id = stage.run(stage.furnisher.find_action())
    stage.use_flow({"text": "Bonjour $prenom, merci de votre visite !"})
    stage.add_contact("Jean-Philippe", "MARTIN", "06 00 01 00 01")
    stage.set_property(SOURCE, VISITOR)
    stage.advance(seconds=10)
    for answer in ("Bien reçu !", "Stop"):
        stage.control_smsmode("POST", f"/phones/{stage.phone}/reply", {"text": answer})
        stage.advance(seconds=10)
    stage.enrol()
    stage.advance(seconds=10)
    stage.send(text="Votre badge vous attend.", type="notification")
    texts = [sms["text"] for sms in stage.received()]
    expected = [
        "Bonjour Jean-Philippe, merci de votre visite ! STOP 36034",
        "Votre badge vous attend.",
    ]
    if texts != expected:
        msg = f"the loop is broken: the phone received {texts}"
        raise RuntimeError(msg)


async def _bare_call() -> float:
    """Return the CPU seconds of one in-process call to an app that does nothing."""

    async def answer(_: Request) -> JSONResponse:
        return JSONResponse({"ok": True})

    app = Starlette(routes=[Route("/", answer, methods=["POST"])])
    calls = 500
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app)) as http:
        begun = time.process_time()
        for _ in range(calls):
            await http.post("http://bare.example/", json={"a": 1})
        return (time.process_time() - begun) / calls
