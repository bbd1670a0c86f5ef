"""Signing in and out."""

from starlette.responses import Response

from fakes.kit.call import Call
from fakes.smsmode.party import Party
from fakes.smsmode.site.passwords import opens
from fakes.smsmode.site.rendering import render
from fakes.smsmode.site.sessions import is_own_form, sign_in, sign_out, to_login, visit


async def ask(call: Call[Party]) -> Response:
    """Answer with the form."""
    return render(call, "login.html", is_over=call.query("over") is not None, email="")


async def enter(call: Call[Party]) -> Response:
    """Open a session, or show the form again; a wrong name and a wrong password look the same."""
    form = await call.form()
    email = form.get("email", "").strip().lower()
    member = call.party.state.members.get(email)
    if member is not None and opens(member, form.get("password", "")):
        return sign_in(call, member)
    problems = {"email": "login_wrong"}
    return render(call, "login.html", problems=problems, status=422, is_over=False, email=email)


async def leave(call: Call[Party]) -> Response:
    """End the session."""
    form = await call.form()
    found = visit(call)
    if found is None or not is_own_form(found, form):
        return to_login(call)
    return sign_out(call)
