"""Sessions: who is signed in, by cookie, for twelve hours."""

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from starlette.responses import Response

from fakes.kit.call import Call
from fakes.smsmode.accounts import Organisation
from fakes.smsmode.party import Party
from fakes.smsmode.site.member import Member, Session
from fakes.smsmode.site.rendering import go_to

COOKIE = "smsmode_session"
"""The cookie's name. Assumed."""
_LASTS = timedelta(hours=12)
_GONE = f"{COOKIE}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax"


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """A request by somebody who is signed in.

    Args:
        member: Who.
        session: Their session.
        organisation: Whose data they see.
    """

    member: Member
    session: Session
    organisation: Organisation


def sign_in(call: Call[Party], member: Member) -> Response:
    """Return the way to the organisation's page, with a new session."""
    party = call.party
    name = party.ids.token(32)
    party.state.sessions[name] = Session(
        email=member.email, token=party.ids.token(32), ends_at=party.now() + _LASTS
    )
    party.tell("member.signed-in", email=member.email)
    return go_to(call, "/organisation", f"{COOKIE}={name}; Path=/; HttpOnly; SameSite=Lax")


def sign_out(call: Call[Party]) -> Response:
    """Return the way to the login page, the session over."""
    call.party.state.sessions.pop(_cookie(call), None)
    return go_to(call, "/login", _GONE)


def visit(call: Call[Party]) -> Visit | None:
    """Return who makes this request, or ``None`` when nobody is signed in any more."""
    state = call.party.state
    session = state.sessions.get(_cookie(call))
    if session is None or session.ends_at <= call.party.now():
        return None
    member = state.members[session.email]
    organisation = state.organisations[member.organisation_id]
    return Visit(member=member, session=session, organisation=organisation)


def is_own_form(found: Visit, form: Mapping[str, str]) -> bool:
    """Return whether ``form`` comes from a page of this very session."""
    return hmac.compare_digest(form.get("token", "").encode(), found.session.token.encode())


def to_login(call: Call[Party]) -> Response:
    """Return the way to the login page, which says that the session is over."""
    return go_to(call, "/login", over="1")


def _cookie(call: Call[Party]) -> str:
    return call.request.cookies.get(COOKIE, "")
