"""Personalised senders by country: where letters are refused, and where they must be declared."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from core.domain.errors import SendRefusedError
from core.domain.refusals import Refusal


class SenderRule(StrEnum):
    """What a country's operators do with a sender made of letters."""

    FREE = "free"
    """They show it."""
    DECLARED = "declared"
    """They show it once it has been declared to them, and block it otherwise."""
    NEVER = "never"
    """They block it, or put a number in its place."""


class SenderPolicy(StrEnum):
    """What becomes of an SMS whose sender its country does not take."""

    REFUSE = "refuse"
    """It is refused, before it costs anything."""
    DROP = "drop"
    """It goes out with the account's own sender."""
    IGNORE = "ignore"
    """It goes out as it is: smsmode and the operators decide."""


_NEVER = "AR BE BR CA CL CN CO KR MX PR TW US UY ZA"
_DECLARED = "AE EG IE IN KE KW MA NG PH QA RU SA SG TH TN TR VN"

RULES: Mapping[str, SenderRule] = MappingProxyType(
    {
        **dict.fromkeys(_NEVER.split(), SenderRule.NEVER),
        **dict.fromkeys(_DECLARED.split(), SenderRule.DECLARED),
    }
)
"""The rule of each country that has one; the others are free.

Source: smsmode HubSpot tutorial (single), that some countries ask for a declaration.
Assumed: every line, from what operators ask of all providers; smsmode's own list is not public.
"""


def rule_of(country: str) -> SenderRule:
    """Return the rule of a country, given by its ISO alpha-2 code."""
    return RULES.get(country, SenderRule.FREE)


def allowed_sender(
    sender: str | None,
    country: str,
    *,
    policy: SenderPolicy = SenderPolicy.REFUSE,
    declared: frozenset[tuple[str, str]] = frozenset(),
) -> str | None:
    """Return the sender that an SMS to ``country`` goes out with, ``None`` for the account's own.

    A sender of digits alone is a number or a short code, which the rules do not concern.

    Args:
        sender: 1 to 11 letters and digits, or ``None``.
        country: ISO alpha-2 code of the recipient's region.
        policy: What to do where the country does not take it.
        declared: The senders that were declared, as (country, sender).

    Raises:
        SendRefusedError: ``SENDER_NOT_TAKEN`` or ``SENDER_NOT_DECLARED``, where the policy
            is to refuse.
    """
    if not sender or sender.isdigit() or policy is SenderPolicy.IGNORE:
        return sender or None
    rule = rule_of(country)
    if rule is SenderRule.FREE or (rule is SenderRule.DECLARED and (country, sender) in declared):
        return sender
    if policy is SenderPolicy.DROP:
        return None
    never = rule is SenderRule.NEVER
    refusal = Refusal.SENDER_NOT_TAKEN if never else Refusal.SENDER_NOT_DECLARED
    raise SendRefusedError(refusal, {"sender": sender, "country": country})


def read_declared(text: str) -> frozenset[tuple[str, str]]:
    """Return the declared senders that a setting lists, such as ``TR:smsmode, SG:MaMarque``.

    Raises:
        ValueError: A part is not a country, a colon and a sender.
    """
    found = set()
    for part in filter(None, (part.strip() for part in text.split(","))):
        country, colon, sender = part.partition(":")
        if not colon or not sender or len(country) != len("FR") or not country.isalpha():
            msg = f"COUNTRY:sender is needed, as TR:smsmode, not {part!r}"
            raise ValueError(msg)
        found.add((country.upper(), sender))
    return frozenset(found)
