"""Consent: who may get which SMS, and the words by which people take it back."""

import re
import string
import unicodedata
from enum import StrEnum

from core.domain.compose import SendType
from core.domain.errors import SendRefusedError
from core.domain.refusals import Refusal

_YES = "true"
_NO = "false"
_STOP = frozenset({"stop", "stopsms", "arret", "unsubscribe", "desabonnement", "desabo"})
_NOT_WORD = re.compile(r"[\W_]+")


class ConsentPolicy(StrEnum):
    """How a contact's consent property is read when nobody has filled it in."""

    OPT_OUT = "opt_out"
    """Silence allows; only an explicit no refuses."""
    OPT_IN = "opt_in"
    """Silence refuses; only an explicit yes allows."""


class PhoneStatus(StrEnum):
    """What the contact property ``smsmode_status`` says, letter for letter.

    Source: smsmode HubSpot tutorial (single), for the refusal. Assumed: the other value.
    """

    ACTIVE = "Actif"
    """Promotional SMS may be sent."""
    REFUSED_PROMOTIONAL = "Refus des SMS promotionnels"
    """The recipient answered STOP."""


def decide(
    send_type: SendType,
    *,
    consent: str | None,
    smsmode_status: str | None,
    marketing_status: str | None,
    opted_out_locally: bool,
    policy: ConsentPolicy = ConsentPolicy.OPT_OUT,
) -> None:
    """Return when the contact may get this SMS, and raise otherwise.

    Notifications are news that the recipient needs: they pass whatever the consent says. After
    a STOP the consent property is unset, which alone would allow; the refusal then comes from
    ``smsmode_status`` and from our own list, and ticking the consent again does not lift it.

    Args:
        send_type: What the SMS is for.
        consent: The property *Consentement SMS via smsmode*: ``"true"``, ``"false"``, or empty.
        smsmode_status: The property ``smsmode_status``.
        marketing_status: HubSpot's ``hs_marketable_status``: ``"true"`` for a marketing contact.
        opted_out_locally: Whether our own list holds the number.
        policy: How an empty consent is read.

    Raises:
        SendRefusedError: ``OPTED_OUT``, ``NO_CONSENT`` or ``NOT_MARKETING_CONTACT``, in this
            order.
    """
    if send_type is SendType.NOTIFICATION:
        return
    if opted_out_locally or smsmode_status == PhoneStatus.REFUSED_PROMOTIONAL:
        raise SendRefusedError(Refusal.OPTED_OUT)
    if not consents(consent, policy):
        raise SendRefusedError(Refusal.NO_CONSENT)
    if _plain(marketing_status) != _YES:
        raise SendRefusedError(Refusal.NOT_MARKETING_CONTACT)


def is_stop(text: str) -> bool:
    """Return whether a reply asks for no more promotional SMS.

    It does when its first word is one of the keywords, whatever the case, the accents and the
    punctuation: ``Stop``, ``STOP36034``, ``STOP au 36034``, ``Arrêt svp``. A keyword further on does not count
    (``non stop merci``). A reply that begins so by chance is taken for a refusal all the same:
    one promotion missed is a lesser harm than one sent against somebody's will.

    Source: official client and others, the keywords (many); ARRET is assumed.
    """
    first = _plain(text).partition(" ")[0]
    return first.rstrip(string.digits) in _STOP


def consents(consent: str | None, policy: ConsentPolicy) -> bool:
    """Return whether the property *Consentement SMS via smsmode* allows promotional SMS.

    Args:
        consent: ``"true"``, ``"false"``, or empty.
        policy: How an empty one is read.
    """
    answer = _plain(consent)
    return answer == _YES if policy is ConsentPolicy.OPT_IN else answer != _NO


def _plain(text: str | None) -> str:
    """Return the words of ``text`` in lower case, without accents or punctuation."""
    decomposed = unicodedata.normalize("NFKD", text or "")
    letters = "".join(char for char in decomposed if not unicodedata.combining(char))
    return _NOT_WORD.sub(" ", letters).strip().casefold()
