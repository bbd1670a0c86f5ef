"""What the five checks say, in French and in English."""

from collections.abc import Mapping
from types import MappingProxyType

from core.domain.language import Words
from core.domain.refusals import Refusal

QUESTIONS: Mapping[str, Words] = MappingProxyType(
    {
        "number": Words(fr="Le numéro est-il bien saisi ?", en="Is the number typed correctly?"),
        "blacklist": Words(
            fr="Le numéro est-il blacklisté chez smsmode ?", en="Is the number blacklisted?"
        ),
        "consent": Words(
            fr="Le contact accepte-t-il les SMS promotionnels sur HubSpot ?",
            en="Does HubSpot let the contact get promotional SMS?",
        ),
        "enrolment": Words(
            fr="Le contact est-il bien inscrit au workflow ?",
            en="Was the contact enrolled in the workflow?",
        ),
        "credit": Words(
            fr="Le crédit du compte smsmode est-il suffisant ?",
            en="Does the smsmode account have credit?",
        ),
    }
)
"""What each check asks, by its code."""

EVIDENCE: Mapping[str, Words] = MappingProxyType(
    {
        "typed": Words(fr="Numéro saisi", en="Number as typed"),
        "number": Words(fr="Numéro lu", en="Number as read"),
        "country": Words(fr="Pays", en="Country"),
        "refused_at": Words(fr="Refusé par smsmode le", en="Refused by smsmode on"),
        "opted_out_at": Words(fr="STOP reçu le", en="STOP received on"),
        "blacklisted_at": Words(fr="Refusé comme opposé le", en="Refused as opposed on"),
        "smsmode_consent": Words(
            fr="Consentement SMS via smsmode", en="Consentement SMS via smsmode"
        ),
        "smsmode_status": Words(
            fr="Statut du téléphone pour smsmode", en="Statut du téléphone pour smsmode"
        ),
        "hs_marketable_status": Words(fr="Contact marketing", en="Marketing contact"),
        "executions": Words(fr="SMS demandés par HubSpot", en="SMS asked for by HubSpot"),
        "last_execution": Words(fr="Le dernier, le", en="The last one, on"),
        "last_refusal": Words(fr="Refusé pour", en="Refused for"),
        "balance": Words(fr="Solde", en="Balance"),
        "no_credit_at": Words(fr="Refusé faute de crédit le", en="Refused for want of credit on"),
        "taken_at": Words(
            fr="Dernier SMS du compte remis le", en="The account's last SMS delivered on"
        ),
        "code": Words(fr="Code", en="Code"),
    }
)
"""What each piece of evidence is called."""

ANSWERS: Mapping[str, Words] = MappingProxyType(
    {"true": Words(fr="oui", en="yes"), "false": Words(fr="non", en="no")}
)
"""How HubSpot's boolean values read."""

MOMENTS = frozenset(
    {"refused_at", "opted_out_at", "blacklisted_at", "last_execution", "no_credit_at", "taken_at"}
)
"""The pieces of evidence that are moments."""

CORRECT_NUMBER = Words(
    fr="Corrigez le numéro de téléphone sur la fiche du contact, dans HubSpot.",
    en="Correct the phone number on the contact record, in HubSpot.",
)
NUMBER_UNKNOWN = Words(
    fr="smsmode a refusé ce numéro : il n'existe pas ou ne reçoit pas de SMS.",
    en="smsmode refused this number: it does not exist or takes no SMS.",
)

BLACKLISTED = Words(
    fr="smsmode a refusé un SMS parce que le numéro est sur sa liste d'opposition.",
    en="smsmode refused an SMS because the number is on its opposition list.",
)
STOPPED = Words(
    fr="Le destinataire a répondu STOP : plus aucun SMS promotionnel ne lui est envoyé.",
    en="The recipient answered STOP: no promotional SMS is sent to them any more.",
)
NOT_LISTED = Words(
    fr="Le numéro n'est sur aucune liste d'opposition connue.",
    en="The number is on no opposition list that is known.",
)
ASK_SMSMODE = Words(
    fr="Si le destinataire le demande, faites retirer le numéro de la liste par smsmode.",
    en="If the recipient asks for it, have smsmode take the number off its list.",
)
ASK_RECIPIENT = Words(
    fr="Lui seul peut revenir sur son choix : qu'il le demande à smsmode, qui lève alors son refus.",
    en="Only they can change their mind: have them ask smsmode, which then lifts the refusal.",
)

CONSENTS = Words(
    fr="Le contact est un contact marketing et n'a pas refusé les SMS.",
    en="The contact is a marketing contact and has not refused SMS.",
)
MEND_CONSENT: Mapping[Refusal, Words] = MappingProxyType(
    {
        Refusal.OPTED_OUT: Words(
            fr="Voyez la propriété « Statut du téléphone pour smsmode » de la fiche ; elle suit"
            " le choix du destinataire.",
            en="See the property “Statut du téléphone pour smsmode” of the record; it follows"
            " the recipient's choice.",
        ),
        Refusal.NO_CONSENT: Words(
            fr="Une fois son accord obtenu, cochez « Consentement SMS via smsmode » sur la fiche.",
            en="Once they agree, tick “Consentement SMS via smsmode” on the record.",
        ),
        Refusal.NOT_MARKETING_CONTACT: Words(
            fr="Sur la fiche : Actions, puis « Définir comme contact marketing ».",
            en="On the record: Actions, then “Set as marketing contact”.",
        ),
    }
)
"""Where to mend each refusal of the consent check."""

ENROLLED = Words(
    fr="Le contact est passé par un workflow qui envoie un SMS.",
    en="The contact went through a workflow that sends an SMS.",
)
NEVER_ENROLLED = Words(
    fr="HubSpot n'a demandé aucun SMS pour ce contact.",
    en="HubSpot asked for no SMS to this contact.",
)
ENROL = Words(
    fr="Vérifiez que le workflow est publié et que le contact répond à ses critères ; s'il y est"
    " déjà passé, autorisez la réinscription.",
    en="Check that the workflow is published and that the contact meets its triggers; if it went"
    " through already, allow re-enrolment.",
)
ENROL_AGAIN = Words(
    fr="Corrigez cela, puis inscrivez de nouveau le contact au workflow.",
    en="Mend this, then enrol the contact in the workflow again.",
)

CREDIT = Words(
    fr="Le compte smsmode a du crédit.",
    en="The smsmode account has credit.",
)
SMS_TAKEN = Words(
    fr="Le solde n'est pas communiqué, mais des SMS du compte sont bien partis.",
    en="The balance is not told, but SMS of the account were delivered.",
)
BALANCE_NOT_TOLD = Words(
    fr="Le solde n'est pas communiqué, et aucun SMS n'a été refusé faute de crédit.",
    en="The balance is not told, and no SMS was refused for want of credit.",
)
NO_CREDIT = Words(
    fr="Le compte smsmode n'a plus de crédit.",
    en="The smsmode account is out of credit.",
)
TOP_UP = Words(
    fr="Rechargez le compte dans l'espace client smsmode.",
    en="Top the account up in smsmode's customer area.",
)


def number_reads(e164: str) -> Words:
    """Return that a number can be read, and how."""
    return Words(
        fr=f"Le numéro se lit {e164} et peut recevoir des SMS.",
        en=f"The number reads {e164} and can receive SMS.",
    )


def enrolled_and_refused(why: Words) -> Words:
    """Return that HubSpot asked for an SMS which was refused, and why."""
    return Words(
        fr=f"HubSpot a demandé un SMS, qui a été refusé : {why.fr}",
        en=f"HubSpot asked for an SMS, which was refused: {why.en}",
    )
