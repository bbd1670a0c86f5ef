"""The organisation's blacklist, which its owner may take numbers off."""

from starlette.responses import Response

from fakes.kit.call import Call
from fakes.smsmode import blacklist
from fakes.smsmode.moments import written
from fakes.smsmode.orders import digits
from fakes.smsmode.party import Party
from fakes.smsmode.site.rendering import go_to, render
from fakes.smsmode.site.sessions import Visit, is_own_form, to_login


async def show(call: Call[Party], found: Visit) -> Response:
    """Answer with the numbers that opted out. Assumed: what the page looks like."""
    zone = call.party.settings.zone
    scopes = _scopes(call.party, found)
    lines = [
        (line.number, written(line.at, zone).replace("T", " "))
        for line in call.party.traffic.blacklist.values()
        if line.scope in scopes
    ]
    return render(call, "blacklist.html", tab="blacklist", visit=found, lines=lines)


async def remove(call: Call[Party], found: Visit) -> Response:
    """Take a number off the list: it may be written to again."""
    form = await call.form()
    if not is_own_form(found, form):
        return to_login(call)
    number = digits(form.get("number", "").strip())
    if number is not None:
        for scope in _scopes(call.party, found):
            blacklist.delist(call.party, number, scope)
    return go_to(call, "/organisation/blacklist")


def _scopes(party: Party, found: Visit) -> set[str]:
    own = found.organisation.organisation_id
    channels = party.state.channels.values()
    return {own, *(c.channel_id for c in channels if c.organisation_id == own)}
