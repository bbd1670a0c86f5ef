"""no-sms.eu: the page where a foreign number opts out."""

from starlette.responses import Response

from fakes.kit.call import Call
from fakes.smsmode.codes import Direction
from fakes.smsmode.mention import short_code_of
from fakes.smsmode.message import Message
from fakes.smsmode.orders import digits
from fakes.smsmode.party import Party
from fakes.smsmode.replies import receive
from fakes.smsmode.site.rendering import render

_PAGE = "no-sms.html"


async def ask(call: Call[Party]) -> Response:
    """Answer with the form; the code of a message, where the address has one, fills it.

    Source: smsmode.com, STOP mention. Assumed: what the page looks like.
    """
    message = _by_code(call)
    return render(call, _PAGE, number=f"+{message.to}" if message else "")


async def confirm(call: Call[Party]) -> Response:
    """Opt the number out of what the last sender of a mention sends; a STOP reply tells the app.

    Assumed: the app hears of it as of a reply.
    """
    form = await call.form()
    number = digits("".join(form.get("number", "").split())) or ""
    coded = _by_code(call)
    message = coded if coded and coded.to == number else _last_to(call.party, number)
    if message is None:
        problems = {"number": "optout_unknown"}
        return render(call, _PAGE, problems=problems, status=404, number=form.get("number", ""))
    party = call.party
    address = short_code_of(party.state.channels[message.channel_id], party.settings)
    receive(party, message, "STOP", address=address, is_stop=True, reason="page")
    return render(call, _PAGE, done=f"+{number}")


def _by_code(call: Call[Party]) -> Message | None:
    traffic = call.party.traffic
    return traffic.archive.get(traffic.links.get(call.params.get("code", ""), ""))


def _last_to(party: Party, number: str) -> Message | None:
    written = [m for m in party.traffic.archive.of_phone(number) if m.direction is Direction.MT]
    mentioned = [m for m in written if m.body.mention]
    return next(reversed(mentioned or written), None)
