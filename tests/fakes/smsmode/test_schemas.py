"""Every answer has its schema, and a wrong one fails the test that asked."""

import httpx
import pytest

from fakes.kit.schemas import MismatchError
from fakes.smsmode.control import PREFIX
from fakes.smsmode.settings import Settings
from fakes.smsmode.settings_json import as_json
from fakes.smsmode.table import TABLE
from tests.fakes.smsmode.conftest import Desk
from tests.fakes.smsmode.contract import SCHEMAS, Checked, check_callback

PAGES = ("/no-sms", "/register", "/login", "/logout", "/organisation")
WITHOUT_JSON = {
    "GET /",
    "PUT /_control/smsmode/blacklist/{msisdn}",
    "DELETE /_control/smsmode/blacklist/{msisdn}",
    "POST /_control/smsmode/reset",
    "GET /_control/smsmode/fidelity/page",
    "DELETE /commons/v1/channels/{channelId}/credentials/{credentialId}",
}


def test_every_route_that_answers_json_names_a_schema() -> None:
    silent = {
        f"{route.method} {route.path}"
        for route in TABLE.routes
        if not route.answers and route.is_built and not route.path.startswith(PAGES)
    }
    assert silent == WITHOUT_JSON


def test_every_schema_that_a_route_names_exists() -> None:
    named = {route.answers for route in TABLE.routes if route.answers}
    assert named <= SCHEMAS.names()


def test_every_setting_has_its_place_in_the_schema() -> None:
    SCHEMAS.check("control#settings", as_json(Settings()))
    with pytest.raises(MismatchError):
        SCHEMAS.check("control#settings", {**as_json(Settings()), "colour": "blue"})


async def test_a_wrong_answer_fails_the_test_that_asked(desk: Desk) -> None:
    def wrong(_: httpx.Request) -> httpx.Response:
        return httpx.Response(200, json={"balance": 3})

    transport = Checked(httpx.MockTransport(wrong))
    async with httpx.AsyncClient(transport=transport, base_url="https://x.example") as http:
        with pytest.raises(MismatchError):
            await http.get("/commons/v1/organisations")
        with pytest.raises(KeyError):
            await http.put(f"{PREFIX}/blacklist/33611111111")
    assert isinstance(desk.http._transport, Checked)


async def test_a_wrong_callback_fails_the_test_that_hears_it(desk: Desk) -> None:
    message = await desk.send()
    check_callback(httpx.Response(200, json=message).content)
    with pytest.raises(MismatchError):
        check_callback(httpx.Response(200, json={**message, "price": "0.061"}).content)
    del message["direction"]
    with pytest.raises(MismatchError):
        check_callback(httpx.Response(200, json=message).content)
