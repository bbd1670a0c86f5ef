"""Passwords: the rules that a new one must meet, and how they are kept."""

import hashlib
import hmac
import re
from dataclasses import dataclass
from enum import StrEnum

from fakes.smsmode.site.member import Member

SHORTEST, FEWEST_ALPHANUMERIC = 15, 10
# Cheap on purpose: a sandbox's passwords protect nothing, and its tests register often.
_COST = 2**8


class Rule(StrEnum):
    """What a password must have. Source: the vendor's tutorial, registration form."""

    LENGTH = "length"
    DIGIT = "digit"
    ALPHANUMERIC = "alphanumeric"
    UPPER = "upper"
    LOWER = "lower"


@dataclass(frozen=True, slots=True)
class Check:
    """One rule as the server and the page's script both test it.

    Args:
        rule: Which.
        pattern: A regular expression that a password that meets the rule matches somewhere; it
            reads the same in Python and in JavaScript.
    """

    rule: Rule
    pattern: str


CHECKS = (
    Check(Rule.LENGTH, f"^[\\s\\S]{{{SHORTEST},}}$"),
    Check(Rule.DIGIT, "[0-9]"),
    Check(Rule.ALPHANUMERIC, f"^(?:[^A-Za-z0-9]*[A-Za-z0-9]){{{FEWEST_ALPHANUMERIC},}}"),
    Check(Rule.UPPER, "[A-ZÀ-ÖØ-Þ]"),
    Check(Rule.LOWER, "[a-zß-öø-ÿ]"),
)
"""The rules, in the order in which the form lists them."""


def unmet(password: str) -> tuple[Rule, ...]:
    """Return the rules that ``password`` does not meet."""
    return tuple(c.rule for c in CHECKS if re.search(c.pattern, password) is None)


def digest(password: str, salt: str) -> bytes:
    """Return what is kept of ``password``."""
    return hashlib.scrypt(password.encode(), salt=salt.encode(), n=_COST, r=8, p=1)


def opens(member: Member, password: str) -> bool:
    """Return whether ``password`` is the member's, in a time that does not tell how close it is."""
    return hmac.compare_digest(member.digest, digest(password, member.salt))
