"""Why an SMS is not sent: what people are told, in French and in English."""

from collections.abc import Mapping
from types import MappingProxyType

from core.domain.language import Language, Words
from core.domain.refusals import Refusal

REFUSAL_TEXTS: Mapping[Refusal, Words] = MappingProxyType(
    {
        Refusal.NO_NUMBER: Words(
            fr="Le contact n'a pas de numéro de téléphone : renseignez-le sur sa fiche.",
            en="The contact has no phone number: fill it in on the contact record.",
        ),
        Refusal.INVALID_NUMBER: Words(
            fr="Le numéro de téléphone du contact n'est pas valide : corrigez-le sur sa fiche.",
            en="The contact's phone number is not valid: correct it on the contact record.",
        ),
        Refusal.NOT_A_MOBILE: Words(
            fr="Le numéro du contact ne peut pas recevoir de SMS : renseignez un numéro de mobile.",
            en="The contact's number cannot receive SMS: fill in a mobile number.",
        ),
        Refusal.INVALID_SENDER: Words(
            fr="L'émetteur compte 1 à 11 lettres ou chiffres, sans espace, accent ni caractère"
            " spécial : corrigez-le ou laissez-le vide.",
            en="The sender is 1 to 11 letters or digits, without space, accent or special"
            " character: correct it or leave it empty.",
        ),
        Refusal.SENDER_NOT_TAKEN: Words(
            fr="Le pays du destinataire n'accepte pas d'émetteur personnalisé : laissez-le vide.",
            en="The recipient's country takes no personalised sender: leave it empty.",
        ),
        Refusal.SENDER_NOT_DECLARED: Words(
            fr="Le pays du destinataire demande que l'émetteur soit déclaré : laissez-le vide, ou"
            " demandez à smsmode de le déclarer.",
            en="The recipient's country asks for senders to be declared: leave it empty, or ask"
            " smsmode to declare it.",
        ),
        Refusal.EMPTY_TEXT: Words(
            fr="Le texte du SMS est vide : écrivez un message.",
            en="The SMS has no text: write a message.",
        ),
        Refusal.TEXT_TOO_LONG: Words(
            fr="Le texte dépasse 10 SMS : raccourcissez-le.",
            en="The text needs more than 10 SMS: shorten it.",
        ),
        Refusal.UNKNOWN_TOKEN: Words(
            fr="Le texte contient un champ inconnu : seuls $nom et $prenom sont remplacés.",
            en="The text holds an unknown token: only $nom and $prenom are replaced.",
        ),
        Refusal.MISSING_TOKEN_VALUE: Words(
            fr="Le texte appelle un nom ou un prénom que le contact n'a pas : complétez sa fiche.",
            en="The text calls for a name that the contact lacks: complete the contact record.",
        ),
        Refusal.UNKNOWN_TYPE: Words(
            fr="Le type d'envoi est inconnu : choisissez SMS Promotionnel ou SMS Notification.",
            en="The type of send is unknown: choose promotional SMS or notification SMS.",
        ),
        Refusal.UNKNOWN_ENCODING: Words(
            fr="L'encodage est inconnu : choisissez GSM7 ou Unicode.",
            en="The encoding is unknown: choose GSM7 or Unicode.",
        ),
        Refusal.NOT_MARKETING_CONTACT: Words(
            fr="Le contact n'est pas un contact marketing : définissez-le comme contact marketing"
            " dans HubSpot.",
            en="The contact is not a marketing contact: set it as a marketing contact in HubSpot.",
        ),
        Refusal.NO_CONSENT: Words(
            fr="Le contact n'a pas donné son accord : vérifiez la propriété « Consentement SMS via"
            " smsmode ».",
            en="The contact has not consented: check the property “Consentement SMS via smsmode”.",
        ),
        Refusal.OPTED_OUT: Words(
            fr="Le destinataire a refusé les SMS promotionnels (STOP) : seules les notifications"
            " lui parviennent.",
            en="The recipient has refused promotional SMS (STOP): only notifications reach them.",
        ),
        Refusal.KEYS_NOT_LINKED: Words(
            fr="L'installation n'est pas terminée : créez les deux clés API « Hubspot Mkt » et"
            " « Hubspot Not » sur le compte smsmode, puis reliez-les.",
            en="The installation is not finished: create the two API keys “Hubspot Mkt” and"
            " “Hubspot Not” on the smsmode account, then link them.",
        ),
        Refusal.NOT_CONNECTED: Words(
            fr="L'application n'est plus connectée à HubSpot : installez-la de nouveau.",
            en="The application is no longer connected to HubSpot: install it again.",
        ),
    }
)
"""What each refusal says, and what to do next."""


_NAMED = "{token}"
_OF_A_TOKEN: Mapping[Refusal, Words] = MappingProxyType(
    {
        Refusal.UNKNOWN_TOKEN: Words(
            fr=f"{_NAMED} : champ inconnu. Seuls $nom et $prenom sont remplacés : corrigez le texte.",
            en=f"{_NAMED}: unknown token. Only $nom and $prenom are replaced: correct the text.",
        ),
        Refusal.MISSING_TOKEN_VALUE: Words(
            fr=f"{_NAMED} : le contact n'en a pas. Complétez sa fiche, ou changez le texte.",
            en=f"{_NAMED}: the contact has none. Complete the contact record, or change the text.",
        ),
    }
)


def refusal_text(refusal: Refusal, language: Language, token: str = "") -> str:
    """Return what to tell people of ``refusal``, in ``language``.

    Args:
        refusal: Why nothing is sent.
        language: What they read.
        token: The token that it is about, where it is about one that is known.
    """
    if not token:
        return REFUSAL_TEXTS[refusal].spoken_in(language)
    return _OF_A_TOKEN[refusal].spoken_in(language).replace(_NAMED, token)
