"""Registering: the form, its refusals, and the account that it opens."""

import re
from collections.abc import Mapping
from dataclasses import replace

from starlette.responses import Response

from fakes.kit.call import Call
from fakes.kit.languages import language_of
from fakes.smsmode import enrolment
from fakes.smsmode.codes import Flow
from fakes.smsmode.party import Party
from fakes.smsmode.profile import Address, Company, Contact, Profile
from fakes.smsmode.site.member import Member
from fakes.smsmode.site.passwords import CHECKS, digest, unmet
from fakes.smsmode.site.rendering import render
from fakes.smsmode.site.sessions import sign_in
from fakes.smsmode.site.texts import COUNTRIES

_TYPED = ("company", "first_name", "last_name", "country", "email")
_LONGEST = 100
_LETTERS, _MOST_CAPTCHAS = 7, 1000
_CAPTCHA_ALPHABET = "ABCDEFGHJKLMNPRSTUVWXYZ"
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


async def ask(call: Call[Party]) -> Response:
    """Answer with the form. Source: the vendor's tutorial, step 1."""
    return _page(call, {"country": "FR"}, {})


async def register(call: Call[Party]) -> Response:
    """Open the account, or show the form again with what was wrong and what was typed.

    Source: the vendor's tutorial, step 1. Assumed: one signs in by registering.
    """
    form = await call.form()
    problems = _problems(call.party, form)
    if problems:
        return _page(call, form, problems)
    return sign_in(call, _open_account(call.party, form))


def is_email(text: str) -> bool:
    """Return whether ``text`` looks like an e-mail address."""
    return len(text) <= _LONGEST and _EMAIL.fullmatch(text) is not None


def _problems(party: Party, form: Mapping[str, str]) -> dict[str, str]:
    problems = {name: "missing" for name in _TYPED if not form.get(name, "").strip()}
    problems |= {name: "too_long" for name in _TYPED if len(form.get(name, "")) > _LONGEST}
    if "email" not in problems:
        email = _email(form)
        if not is_email(email):
            problems["email"] = "email_wrong"
        elif email in party.state.members:
            problems["email"] = "email_taken"
    if "country" not in problems and form["country"] not in {code for code, *_ in COUNTRIES}:
        problems["country"] = "country_wrong"
    if unmet(form.get("password", "")):
        problems["password"] = "password_weak"  # noqa: S105 - the name of a text
    if form.get("terms") != "on":
        problems["terms"] = "terms_unread"
    if not _is_copied(party, form):
        problems["captcha"] = "captcha_wrong"
    return problems


def _open_account(party: Party, form: Mapping[str, str]) -> Member:
    made = enrolment.add_organisation(party, form["company"].strip())
    contact = Contact(
        firstName=form["first_name"].strip(),
        lastName=form["last_name"].strip(),
        email=_email(form),
    )
    profile = Profile(
        contact=contact,
        address=Address(country=form["country"]),
        companyInformation=Company(name=made.name),
    )
    party.state.organisations[made.organisation_id] = replace(made, profile=profile)
    enrolment.add_channel(party, made.organisation_id, "Marketing", Flow.MARKETING)
    salt = party.ids.token(16)
    member = Member(
        email=_email(form),
        first_name=form["first_name"].strip(),
        last_name=form["last_name"].strip(),
        organisation_id=made.organisation_id,
        salt=salt,
        digest=digest(form["password"], salt),
    )
    party.state.members[member.email] = member
    party.tell("member.registered", email=member.email, organisationId=made.organisation_id)
    return member


def _email(form: Mapping[str, str]) -> str:
    return form.get("email", "").strip().lower()


def _is_copied(party: Party, form: Mapping[str, str]) -> bool:
    letters = party.state.captchas.pop(form.get("captcha_id", ""), None)
    return letters is not None and form.get("captcha", "").strip().upper() == letters


def _page(call: Call[Party], form: Mapping[str, str], problems: Mapping[str, str]) -> Response:
    captcha_id, letters = _new_captcha(call.party)
    wrong = set(unmet(form.get("password", "")))
    english = language_of(call) == "en"
    return render(
        call,
        "register.html",
        problems=problems,
        status=422 if problems else 200,
        typed={name: form.get(name, "") for name in _TYPED},
        has_terms=form.get("terms") == "on",
        checks=[(c.rule, c.pattern, c.rule not in wrong) for c in CHECKS],
        countries=[(code, en if english else fr) for code, fr, en in COUNTRIES],
        captcha_id=captcha_id,
        letters=letters,
    )


def _new_captcha(party: Party) -> tuple[str, str]:
    captchas = party.state.captchas
    if len(captchas) >= _MOST_CAPTCHAS:
        del captchas[next(iter(captchas))]
    name = party.ids.token(16)
    captchas[name] = "".join(party.ids.random.choices(_CAPTCHA_ALPHABET, k=_LETTERS))
    return name, captchas[name]
