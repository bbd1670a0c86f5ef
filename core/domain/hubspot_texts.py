"""What people are told when HubSpot does not do what it was asked: an outage, or a refusal."""

from core.domain.errors import (
    AccessRevokedError,
    AppRefusedError,
    ProviderError,
    ProviderRefusedError,
    ThrottledError,
)
from core.domain.language import Words

NO_ANSWER = Words(
    fr="HubSpot n'a pas répondu : réessayez dans un moment.",
    en="HubSpot did not answer: try again in a moment.",
)
NOT_INSTALLED = Words(
    fr="L'application n'est plus connectée à ce compte HubSpot : installez-la de nouveau.",
    en="The app is no longer connected to this HubSpot account: install it again.",
)
APP_REFUSED = Words(
    fr="HubSpot refuse l'application elle-même : que son exploitant vérifie l'identifiant et le"
    " secret du client (HUBSPOT_CLIENT_ID, HUBSPOT_CLIENT_SECRETS).",
    en="HubSpot refuses the app itself: have its operator check its client id and secret"
    " (HUBSPOT_CLIENT_ID, HUBSPOT_CLIENT_SECRETS).",
)


def told_of_hubspot(error: ProviderError) -> Words:
    """Return what a person is told when HubSpot does not do what it was asked, and what to do."""
    if isinstance(error, AccessRevokedError):
        return NOT_INSTALLED
    if isinstance(error, AppRefusedError):
        return APP_REFUSED
    if isinstance(error, ThrottledError):
        return _told_to_wait(error.seconds)
    if isinstance(error, ProviderRefusedError):
        return _refused(error.vendor_code)
    return NO_ANSWER


def _told_to_wait(seconds: int | None) -> Words:
    when = (
        ("dans un moment", "in a moment")
        if seconds is None
        else (f"dans {seconds} s", f"in {seconds} s")
    )
    return Words(
        fr=f"Trop de demandes à HubSpot pour ce compte en ce moment : réessayez {when[0]}.",
        en=f"Too many requests to HubSpot for this account just now: try again {when[1]}.",
    )


def _refused(code: str) -> Words:
    """Return that HubSpot said no, in its own word."""
    return Words(
        fr=f"HubSpot a refusé la demande ({code}) : vérifiez les droits de l'application smsmode.",
        en=f"HubSpot refused the request ({code}): check what the smsmode app may do.",
    )
