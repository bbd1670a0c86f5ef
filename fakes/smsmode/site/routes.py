"""The routes of smsmode's pages."""

from starlette.responses import Response

from fakes.kit.answers import json_answer
from fakes.kit.call import Call
from fakes.kit.facts import Certainty, Fact
from fakes.kit.routing import Route
from fakes.smsmode.control import PREFIX, control_route, refusal
from fakes.smsmode.party import Party
from fakes.smsmode.site import keys, login, opposition, organisation, registration
from fakes.smsmode.site.organisation import signed_in
from fakes.smsmode.site.rendering import render

_TUTORIAL = Fact(Certainty.DOCS, "the vendor's tutorial, HubSpot x smsmode")
_KEYS = Fact(Certainty.MANY, "official client and others: keys are made in the settings")
_OURS = Fact(Certainty.ASSUMED, "that there is such a page")


async def _show_captcha(call: Call[Party]) -> Response:
    letters = call.party.state.captchas.get(call.params["captchaId"])
    if letters is None:
        raise refusal(404, "captcha", f"there is no captcha {call.params['captchaId']}")
    return json_answer({"captchaId": call.params["captchaId"], "letters": letters})


async def _show_home(call: Call[Party]) -> Response:
    root = f"{str(call.request.base_url).rstrip('/')}{PREFIX}"
    commands = ((text, f"curl {root}{rest}") for text, rest in _BY_HAND)
    return render(call, "home.html", commands=commands)


_BY_HAND = (
    ("home_reply", """/phones/33612345678/reply --json '{"text": "STOP"}'"""),
    ("home_hold", """/callbacks/valve -X PATCH --json '{"holds": true}'"""),
    ("home_release", """/callbacks/release --json '{"order": "newest-first"}'"""),
    ("home_clock", """/clock --json '{"advance_seconds": 93600}'"""),
)
"""What a person may do without an app: the text that says it, and the rest of the command."""


SITE: tuple[Route[Party], ...] = (
    Route("GET", "/", _show_home, _OURS),
    Route("GET", "/register", registration.ask, _TUTORIAL),
    Route("POST", "/register", registration.register, _TUTORIAL),
    Route("GET", "/login", login.ask, _OURS),
    Route("POST", "/login", login.enter, _OURS),
    Route("POST", "/logout", login.leave, _OURS),
    Route("GET", "/organisation", signed_in(organisation.show), _TUTORIAL),
    Route("GET", "/organisation/edit", signed_in(organisation.ask), _TUTORIAL),
    Route("POST", "/organisation/edit", signed_in(organisation.change), _TUTORIAL),
    Route("GET", "/organisation/members", signed_in(organisation.members), _TUTORIAL),
    Route("GET", "/organisation/billing", signed_in(organisation.ask_billing), _TUTORIAL),
    Route("POST", "/organisation/billing", signed_in(organisation.change_billing), _TUTORIAL),
    Route("GET", "/organisation/keys", signed_in(keys.show), _KEYS),
    Route("POST", "/organisation/keys", signed_in(keys.make), _KEYS),
    Route("POST", "/organisation/keys/revoke", signed_in(keys.revoke), _KEYS),
    Route("POST", "/organisation/keys/notification", signed_in(keys.open_notification), _OURS),
    Route("GET", "/organisation/blacklist", signed_in(opposition.show), _OURS),
    Route("POST", "/organisation/blacklist", signed_in(opposition.remove), _OURS),
    control_route("GET", "/captchas/{captchaId}", _show_captcha, "control#captcha"),
)
"""The pages, and the control route that reads a captcha."""
