"""The organisation's API keys: seeing, making and revoking them, channel by channel."""

from collections.abc import Mapping
from dataclasses import dataclass

from starlette.responses import Response

from fakes.kit.call import Call
from fakes.smsmode import enrolment
from fakes.smsmode.accounts import Channel, Credential
from fakes.smsmode.codes import ChannelType, Flow, Role
from fakes.smsmode.moments import written
from fakes.smsmode.party import Party
from fakes.smsmode.site.rendering import go_to, render
from fakes.smsmode.site.sessions import Visit, is_own_form, to_login

_LONGEST = 100
_ADDRESS = "/organisation/keys"


@dataclass(frozen=True, slots=True)
class _Line:
    key: Credential
    channel: Channel
    last_used: str | None


async def show(call: Call[Party], found: Visit) -> Response:
    """Answer with the keys, and the form that makes one.

    Source: official client, README (Settings > API keys). Assumed: what the page looks like.
    """
    return _page(call, found, {}, {})


async def make(call: Call[Party], found: Visit) -> Response:
    """Make a key of one of the organisation's channels, or show what is wrong."""
    form = await call.form()
    if not is_own_form(found, form):
        return to_login(call)
    channels = _channels(call.party, found)
    problems = _problems(form, channels)
    if problems:
        return _page(call, found, form, problems)
    roles = (Role(form["role"]),)
    enrolment.add_key(call.party, form["channel"], form["name"].strip(), roles=roles)
    return go_to(call, _ADDRESS, saved="1")


async def revoke(call: Call[Party], found: Visit) -> Response:
    """Revoke a key of the organisation: whoever sends it from now on is answered 401."""
    form = await call.form()
    if not is_own_form(found, form):
        return to_login(call)
    key = call.party.state.credentials.get(form.get("key", ""))
    if key is not None and key.channel_id in _channels(call.party, found):
        enrolment.revoke_key(call.party, key)
    return go_to(call, _ADDRESS, saved="1")


async def open_notification(call: Call[Party], found: Visit) -> Response:
    """Open the notification channel, unless there is one.

    Source: smsmode.com and the legacy docs, that support opens it on request. Assumed: here, at
    once.
    """
    form = await call.form()
    if not is_own_form(found, form):
        return to_login(call)
    if not _has_notification(_channels(call.party, found)):
        own = found.organisation.organisation_id
        enrolment.add_channel(call.party, own, "Notification", Flow.TRANSACTIONAL)
    return go_to(call, _ADDRESS, saved="1")


def _problems(form: Mapping[str, str], channels: Mapping[str, Channel]) -> dict[str, str]:
    problems = {}
    name = form.get("name", "").strip()
    if not name:
        problems["name"] = "missing"
    elif len(name) > _LONGEST:
        problems["name"] = "too_long"
    if form.get("channel") not in channels:
        problems["channel"] = "channel_wrong"
    if form.get("role") not in list(Role):
        problems["role"] = "role_wrong"
    return problems


def _page(
    call: Call[Party], found: Visit, typed: Mapping[str, str], problems: Mapping[str, str]
) -> Response:
    channels = _channels(call.party, found)
    return render(
        call,
        "keys.html",
        problems=problems,
        status=422 if problems else 200,
        tab="keys",
        visit=found,
        typed=typed,
        lines=_lines(call.party, channels),
        channels=channels.values(),
        roles=list(Role),
        has_notification=_has_notification(channels),
        is_saved=call.query("saved") is not None,
    )


def _channels(party: Party, found: Visit) -> dict[str, Channel]:
    own = found.organisation.organisation_id
    return {k: c for k, c in party.state.channels.items() if c.organisation_id == own}


def _has_notification(channels: Mapping[str, Channel]) -> bool:
    kinds = {(c.type, c.flow) for c in channels.values()}
    return (ChannelType.SMS, Flow.TRANSACTIONAL) in kinds


def _lines(party: Party, channels: Mapping[str, Channel]) -> list[_Line]:
    keys = [c for c in party.state.credentials.values() if c.channel_id in channels]
    return [_Line(key, channels[key.channel_id], _last_use(party, key)) for key in keys]


def _last_use(party: Party, key: Credential) -> str | None:
    use = party.state.uses.get(key.credential_id)
    return None if use is None else written(use.at, party.settings.zone).replace("T", " ")
