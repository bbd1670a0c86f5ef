"""Why an installation does not go through, and what the person in front of the browser is told."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from core.domain.errors import CallerError
from core.domain.language import Words


class InstallFault(StrEnum):
    """What stood in the way."""

    UNKNOWN_LINK = "unknown_link"
    """The install link is unknown, used or expired."""
    CANCELLED = "cancelled"
    """The user declined on HubSpot's consent page."""
    FORGED_STATE = "forged_state"
    """The ``state`` was not made by us, or for another browser."""
    USED_STATE = "used_state"
    """The ``state`` served once already."""
    EXPIRED_STATE = "expired_state"
    """Too much time passed between the link and the consent."""
    CODE_REFUSED = "code_refused"
    """HubSpot no longer takes the code that it gave."""
    VENDOR_TROUBLE = "vendor_trouble"
    """HubSpot could not be asked, or refused what the application needs."""


class InstallRefusedError(CallerError):
    """The installation does not go through; nothing was put in place for the account.

    Args:
        fault: What stood in the way.
    """

    def __init__(self, fault: InstallFault) -> None:
        super().__init__(fault, INSTALL_TEXTS[fault].en)
        self.fault = fault


_AGAIN = Words(
    fr="Ouvrez de nouveau votre lien d'installation.", en="Open your install link again."
)
_ASK = Words(
    fr="Demandez un nouveau lien d'installation à smsmode.",
    en="Ask smsmode for a new install link.",
)

INSTALL_TEXTS: Mapping[InstallFault, Words] = MappingProxyType(
    {
        InstallFault.UNKNOWN_LINK: Words(
            fr=f"Ce lien d'installation est inconnu, a déjà servi ou a expiré. {_ASK.fr}",
            en=f"This install link is unknown, has been used or has expired. {_ASK.en}",
        ),
        InstallFault.CANCELLED: Words(
            fr=f"L'installation a été annulée sur HubSpot : rien n'a été mis en place. {_AGAIN.fr}",
            en=f"The installation was cancelled on HubSpot: nothing was put in place. {_AGAIN.en}",
        ),
        InstallFault.FORGED_STATE: Words(
            fr=f"Cette réponse ne vient pas de l'installation commencée ici. {_AGAIN.fr}",
            en=f"This answer does not come from the installation begun here. {_AGAIN.en}",
        ),
        InstallFault.USED_STATE: Words(
            fr=f"Cette réponse de HubSpot a déjà servi. {_AGAIN.fr}",
            en=f"This answer from HubSpot has been used already. {_AGAIN.en}",
        ),
        InstallFault.EXPIRED_STATE: Words(
            fr=f"L'installation est restée trop longtemps en attente. {_AGAIN.fr}",
            en=f"The installation was left waiting too long. {_AGAIN.en}",
        ),
        InstallFault.CODE_REFUSED: Words(
            fr=f"Le code donné par HubSpot a expiré ou a déjà servi. {_AGAIN.fr}",
            en=f"The code given by HubSpot has expired or has been used. {_AGAIN.en}",
        ),
        InstallFault.VENDOR_TROUBLE: Words(
            fr=f"HubSpot n'a pas accepté l'installation pour le moment. {_AGAIN.fr}",
            en=f"HubSpot did not accept the installation for now. {_AGAIN.en}",
        ),
    }
)
"""What is told, and what to do next."""
