"""no-sms.eu: the page where a foreign number opts out."""

from html import escape

from starlette.responses import Response

from fakes.kit.answers import page_answer
from fakes.kit.call import Call
from fakes.smsmode.codes import Direction
from fakes.smsmode.mention import short_code_of
from fakes.smsmode.message import Message
from fakes.smsmode.orders import digits
from fakes.smsmode.party import Party
from fakes.smsmode.replies import receive

_PAGE = """<!doctype html>
<html lang="fr">
<head><meta charset="utf-8"><title>no-sms.eu</title></head>
<body>
<main>
<h1>no-sms.eu</h1>
{content}
</main>
</body>
</html>
"""
_FORM = """<p>Vous ne souhaitez plus recevoir de SMS ?
<span lang="en">You no longer wish to receive SMS?</span></p>
<form method="post">
<label>Numéro de téléphone <input name="number" type="tel" value="{number}" required></label>
<button type="submit">Me désinscrire</button>
</form>"""
_DONE = """<p>Le numéro {number} est désinscrit.
<span lang="en">The number {number} is unsubscribed.</span></p>"""
_UNKNOWN = """<p role="alert">Aucun SMS n'a été envoyé à ce numéro.
<span lang="en">No SMS was sent to this number.</span></p>"""


async def ask(call: Call[Party]) -> Response:
    """Answer with the form; the code of a message, where the address has one, fills it.

    Source: smsmode.com, STOP mention. Assumed: what the page looks like.
    """
    message = _by_code(call)
    return _page(_FORM.format(number=escape(f"+{message.to}" if message else "")))


async def confirm(call: Call[Party]) -> Response:
    """Opt the number out of what the last sender of a mention sends; a STOP reply tells the app.

    Assumed: the app hears of it as of a reply.
    """
    form = await call.form()
    number = digits("".join(form.get("number", "").split())) or ""
    coded = _by_code(call)
    message = coded if coded and coded.to == number else _last_to(call.party, number)
    if message is None:
        return _page(_UNKNOWN + _FORM.format(number=escape(form.get("number", ""))), 404)
    party = call.party
    address = short_code_of(party.state.channels[message.channel_id], party.settings)
    receive(party, message, "STOP", address=address, is_stop=True, reason="page")
    return _page(_DONE.format(number=escape(f"+{number}")))


def _by_code(call: Call[Party]) -> Message | None:
    traffic = call.party.traffic
    return traffic.archive.get(traffic.links.get(call.params.get("code", ""), ""))


def _last_to(party: Party, number: str) -> Message | None:
    written = [m for m in party.traffic.archive.of_phone(number) if m.direction is Direction.MT]
    mentioned = [m for m in written if m.body.mention]
    return next(reversed(mentioned or written), None)


def _page(content: str, status: int = 200) -> Response:
    return page_answer(_PAGE.format(content=content), status)
