"""Signing in: the form, the cookie, and when it ends."""

import hmac

from starlette.responses import RedirectResponse, Response

from fakes.hubspot.answering import NO_JSON, HubCall, routes
from fakes.hubspot.hub import Hub
from fakes.hubspot.oauth.pages import render
from fakes.hubspot.oauth.records import Session
from fakes.hubspot.oauth.texts import PROBLEMS, Problem
from fakes.hubspot.state import User
from fakes.kit.facts import Certainty, Fact
from fakes.kit.languages import address_with, language_of

COOKIE = "hubspot_session"
_FACT = Fact(Certainty.ASSUMED, "HubSpot's login page, as screenshots show it")


async def show_login(call: HubCall) -> Response:
    """Answer ``GET /login``."""
    return login_page(call, back_to=call.query("next") or "/login")


async def sign_in(call: HubCall) -> Response:
    """Answer ``POST /login``: to where the person was going, or the form again."""
    fields = await call.form()
    back_to = _local(fields.get("next", ""))
    user = call.party.state.users.get(fields.get("email", "").strip().lower())
    given = fields.get("password", "").encode()
    if user is None or not hmac.compare_digest(given, user.password.encode()):
        return login_page(
            call,
            back_to=back_to,
            problem=Problem.WRONG_PASSWORD,
            email=fields.get("email", ""),
            status=401,
        )
    remembered = fields.get("remember") == "true"
    session = _open(call.party, user, remembered=remembered)
    answer = RedirectResponse(back_to, 303)
    longest = call.party.settings.remembered_lifetime
    answer.set_cookie(
        COOKIE,
        session.cookie,
        max_age=int(longest.total_seconds()) if remembered else None,
        httponly=True,
        samesite="lax",
    )
    return answer


def session_of(call: HubCall) -> tuple[Session, User] | None:
    """Return the living sign-in of the browser and whose it is, or ``None``."""
    session = call.party.state.sessions.get(call.request.cookies.get(COOKIE, ""))
    if session is None or call.party.now() >= session.expires_at:
        return None
    user = call.party.state.users.get(session.email)
    return (session, user) if user else None


def ask_to_sign_in(call: HubCall) -> Response:
    """Return the login page that leads back to where the browser is."""
    problem = Problem.SESSION_EXPIRED if COOKIE in call.request.cookies else None
    return login_page(call, back_to=address_with(call), problem=problem)


def login_page(
    call: HubCall,
    *,
    back_to: str,
    problem: Problem | None = None,
    email: str = "",
    status: int = 200,
) -> Response:
    """Return the login form; after it the browser goes to ``back_to``."""
    said = PROBLEMS[language_of(call)][problem] if problem else None
    return render(call, "login.html", status, next=back_to, problem=said, email=email)


def _open(hub: Hub, user: User, *, remembered: bool) -> Session:
    settings = hub.settings
    lifetime = settings.remembered_lifetime if remembered else settings.session_lifetime
    session = Session(
        cookie=hub.ids.token(40),
        email=user.email,
        csrf=hub.ids.token(32),
        expires_at=hub.now() + lifetime,
    )
    hub.state.sessions[session.cookie] = session
    return session


def _local(address: str) -> str:
    is_local = address.startswith("/") and not address.startswith(("//", "/\\"))
    return address if is_local else "/login"


ROUTES = routes(
    ("/login",), ("GET", "", show_login, _FACT, NO_JSON), ("POST", "", sign_in, _FACT, NO_JSON)
)
