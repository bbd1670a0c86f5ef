"""The organisation's pages: what is known of it, its members, its billing contact."""

import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace

from starlette.responses import Response

from fakes.kit.call import Call
from fakes.kit.languages import language_of
from fakes.smsmode.countries import CREDIT
from fakes.smsmode.moments import written
from fakes.smsmode.party import Party
from fakes.smsmode.profile import Profile
from fakes.smsmode.site.completeness import (
    is_siren,
    is_verified,
    percentage,
    remaining,
    siren_of,
)
from fakes.smsmode.site.registration import is_email
from fakes.smsmode.site.rendering import go_to, render
from fakes.smsmode.site.sessions import Visit, is_own_form, to_login, visit
from fakes.smsmode.site.texts import TEXTS

_PHONE = re.compile(r"\+?[0-9]{6,15}")
_LONGEST = 100

Page = Callable[[Call[Party], Visit], Awaitable[Response]]
"""Answers somebody who is signed in."""


def signed_in(page: Page) -> Callable[[Call[Party]], Awaitable[Response]]:
    """Return the handler that shows ``page`` to people who are signed in, and sends others away."""

    async def answer(call: Call[Party]) -> Response:
        found = visit(call)
        return to_login(call) if found is None else await page(call, found)

    return answer


async def show(call: Call[Party], found: Visit) -> Response:
    """Answer with what is known of the organisation, and how far it is verified.

    Source: the vendor's tutorial, step 2.
    """
    profile = found.organisation.profile
    texts = TEXTS[language_of(call)]
    left = remaining(profile)
    names = {0: "steps_none", 1: "steps_one"}
    created = written(found.organisation.created_at, call.party.settings.zone)
    balance = call.party.state.balances[found.organisation.organisation_id]
    return render(
        call,
        "organisation.html",
        tab="organisation",
        visit=found,
        verified_at=texts["verified_at"].format(percentage(profile)),
        steps=texts[names.get(len(left), "steps_many")].format(len(left)),
        left=left,
        created=created.partition("T")[0],
        siren=siren_of(profile),
        is_verified=is_verified(profile),
        credits=int(balance // CREDIT),
        is_saved=call.query("saved") is not None,
    )


async def ask(call: Call[Party], found: Visit) -> Response:
    """Answer with the form of what is known."""
    return _form(call, found, _typed(found.organisation.profile), {})


async def change(call: Call[Party], found: Visit) -> Response:
    """Keep what was typed, or show the form again with what is wrong."""
    form = await call.form()
    if not is_own_form(found, form):
        return to_login(call)
    problems = _problems(form)
    if problems:
        return _form(call, found, form, problems)
    profile = found.organisation.profile
    contact = replace(
        profile.contact,
        firstName=form["first_name"].strip(),
        lastName=form["last_name"].strip(),
        email=form["email"].strip(),
        mobile=form.get("phone", "").strip() or None,
    )
    number = "".join(form.get("siren", "").split()) or None
    company = replace(profile.companyInformation, registrationNumber=number)
    _keep(call.party, found, replace(profile, contact=contact, companyInformation=company))
    return go_to(call, "/organisation", saved="1")


async def members(call: Call[Party], found: Visit) -> Response:
    """Answer with the people of the organisation."""
    own = found.organisation.organisation_id
    people = [m for m in call.party.state.members.values() if m.organisation_id == own]
    return render(call, "members.html", tab="members", visit=found, people=people)


async def ask_billing(call: Call[Party], found: Visit) -> Response:
    """Answer with the form of the billing contact. Source: the vendor's tutorial, step 3."""
    email = found.organisation.profile.billingContact.email or ""
    return _billing(call, found, email, {})


async def change_billing(call: Call[Party], found: Visit) -> Response:
    """Keep the billing e-mail, or show the form again with what is wrong."""
    form = await call.form()
    if not is_own_form(found, form):
        return to_login(call)
    email = form.get("billing_email", "").strip()
    if not is_email(email):
        problem = "email_wrong" if email else "missing"
        return _billing(call, found, email, {"billing_email": problem})
    profile = found.organisation.profile
    billing = replace(profile.billingContact, email=email)
    _keep(call.party, found, replace(profile, billingContact=billing))
    return go_to(call, "/organisation/billing", saved="1")


def _typed(profile: Profile) -> dict[str, str]:
    return {
        "first_name": profile.contact.firstName or "",
        "last_name": profile.contact.lastName or "",
        "email": profile.contact.email or "",
        "phone": profile.contact.mobile or "",
        "siren": profile.companyInformation.registrationNumber or "",
    }


def _problems(form: Mapping[str, str]) -> dict[str, str]:
    needed = ("first_name", "last_name", "email")
    problems = {name: "missing" for name in needed if not form.get(name, "").strip()}
    problems |= {name: "too_long" for name in needed if len(form.get(name, "")) > _LONGEST}
    if "email" not in problems and not is_email(form["email"].strip()):
        problems["email"] = "email_wrong"
    phone = re.sub(r"[\s.()-]", "", form.get("phone", ""))
    if phone and not _PHONE.fullmatch(phone):
        problems["phone"] = "phone_wrong"
    if form.get("siren", "").strip() and not is_siren(form["siren"]):
        problems["siren"] = "siren_wrong"
    return problems


def _form(
    call: Call[Party], found: Visit, typed: Mapping[str, str], problems: Mapping[str, str]
) -> Response:
    return render(
        call,
        "edit.html",
        problems=problems,
        status=422 if problems else 200,
        tab="organisation",
        visit=found,
        typed=typed,
    )


def _billing(call: Call[Party], found: Visit, email: str, problems: Mapping[str, str]) -> Response:
    return render(
        call,
        "billing.html",
        problems=problems,
        status=422 if problems else 200,
        tab="billing",
        visit=found,
        email=email,
        is_saved=call.query("saved") is not None,
    )


def _keep(party: Party, found: Visit, profile: Profile) -> None:
    changed = replace(found.organisation, profile=profile)
    party.state.organisations[changed.organisation_id] = changed
    party.tell("organisation.changed", organisationId=changed.organisation_id)
