"""Control routes: what a world's owner may see and do, apart from smsmode's own API."""

from collections.abc import Mapping
from typing import Any

from starlette.responses import Response

from fakes.kit.answers import empty_answer, json_answer
from fakes.kit.call import Call
from fakes.kit.errors import ServiceError
from fakes.kit.facts import Certainty, Fact
from fakes.kit.routing import Handler, Route
from fakes.smsmode import blacklist, magic, phones
from fakes.smsmode.choices import Scope
from fakes.smsmode.fates import FATES
from fakes.smsmode.network import withdraw
from fakes.smsmode.orders import digits
from fakes.smsmode.party import Party
from fakes.smsmode.replies import NoReplyError, reply
from fakes.smsmode.settings_json import as_json, patched
from fakes.smsmode.state import Traffic

PREFIX = "/_control/smsmode"
"""What every control path starts with."""
OURS = Fact(Certainty.ASSUMED, "the sandbox's own control")
"""Control routes are no vendor's."""


async def _list_phones(call: Call[Party]) -> Response:
    return json_answer({"phones": phones.summaries(call.party)})


async def _show_phone(call: Call[Party]) -> Response:
    return json_answer(phones.thread(call.party, _number(call)))


async def _change_phone(call: Call[Party]) -> Response:
    number = _number(call)
    fate = (await read_object(call)).get("fate")
    if fate is None:
        call.party.traffic.fates.pop(number, None)
    elif isinstance(fate, str) and fate in FATES:
        call.party.traffic.fates[number] = fate
    else:
        raise refusal(400, "fate", f"there is no fate {fate!r}; there are {', '.join(FATES)}")
    return json_answer(phones.thread(call.party, number))


async def _reply(call: Call[Party]) -> Response:
    asked = await read_object(call)
    text, to, message_id = asked.get("text"), asked.get("to"), asked.get("messageId")
    if not isinstance(text, str) or not text:
        raise refusal(400, "text", "text must be a text that is not empty")
    if not isinstance(to, str | None) or not isinstance(message_id, str | None):
        raise refusal(400, "to", "to and messageId are texts")
    try:
        answer = reply(call.party, _number(call), text, to=to, message_id=message_id)
    except NoReplyError as exc:
        raise refusal(409, exc.code, exc.reason) from exc
    return json_answer({**answer.ids(), "to": answer.to, "stop": bool(answer.body.stop)}, 201)


async def _list_blacklist(call: Call[Party]) -> Response:
    lines = [
        {
            "number": line.number,
            "scope": line.scope,
            "at": line.at.isoformat(),
            "originMessageId": line.origin_id,
            "reason": line.reason,
        }
        for line in call.party.traffic.blacklist.values()
    ]
    return json_answer({"blacklist": lines})


async def _enlist(call: Call[Party]) -> Response:
    state = call.party.state
    narrow = call.party.settings.blacklist_scope is Scope.CHANNEL
    known = [*state.channels] if narrow else [*state.organisations]
    wanted = call.query("scope")
    if wanted not in {None, *known}:
        raise refusal(404, "scope", f"there is no {wanted}; there are {', '.join(known)}")
    for scope in [wanted] if wanted else known:
        blacklist.enlist(call.party, scope, _number(call), origin=None, reason="control")
    return empty_answer()


async def _delist(call: Call[Party]) -> Response:
    blacklist.delist(call.party, _number(call), call.query("scope"))
    return empty_answer()


async def _show_settings(call: Call[Party]) -> Response:
    return json_answer(as_json(call.party.settings))


async def _change_settings(call: Call[Party]) -> Response:
    try:
        call.party.settings = patched(call.party.settings, await read_object(call))
    except ValueError as exc:
        raise refusal(400, "setting", str(exc)) from exc
    return json_answer(as_json(call.party.settings))


async def _list_magic_numbers(_: Call[Party]) -> Response:
    return json_answer({"magicNumbers": [row.as_json() for row in magic.rows()]})


async def _reset(call: Call[Party]) -> Response:
    for message_id in list(call.party.traffic.releases):
        withdraw(call.party, message_id)
    call.party.state.traffic = Traffic()
    call.party.tell("traffic.reset")
    return empty_answer()


def refusal(status: int, error: str, message: str) -> ServiceError:
    """Return the refusal of a control route: ``{"error", "message"}``."""
    return ServiceError(status, {"error": error, "message": message})


async def read_object(call: Call[Party]) -> Mapping[str, Any]:
    """Return the body, which must be a JSON object.

    Raises:
        ServiceError: 400, it is not.
    """
    body = await call.json()
    if not isinstance(body, Mapping):
        raise refusal(400, "body", "the body is a JSON object")
    return body


def control_route(
    method: str, path: str, handler: Handler[Party], answers: str = ""
) -> Route[Party]:
    """Return the line of a control route; ``path`` comes after ``PREFIX``."""
    return Route(method, f"{PREFIX}{path}", handler, OURS, answers)


def _number(call: Call[Party]) -> str:
    number = digits(call.params["msisdn"])
    if number is None:
        raise refusal(400, "msisdn", f"{call.params['msisdn']} is not an E.164 number")
    return number


TRAFFIC_CONTROL = (
    control_route("GET", "/phones", _list_phones, "control#phones"),
    control_route("GET", "/phones/{msisdn}", _show_phone, "control#thread"),
    control_route("PATCH", "/phones/{msisdn}", _change_phone, "control#thread"),
    control_route("POST", "/phones/{msisdn}/reply", _reply, "control#reply"),
    control_route("GET", "/blacklist", _list_blacklist, "control#blacklist"),
    control_route("PUT", "/blacklist/{msisdn}", _enlist),
    control_route("DELETE", "/blacklist/{msisdn}", _delist),
    control_route("GET", "/settings", _show_settings, "control#settings"),
    control_route("PATCH", "/settings", _change_settings, "control#settings"),
    control_route("GET", "/magic-numbers", _list_magic_numbers, "control#magicNumbers"),
    control_route("POST", "/reset", _reset),
)
"""The control routes about what passes."""
