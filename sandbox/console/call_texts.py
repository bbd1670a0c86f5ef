"""What the console says of a vendor's calls to an app, in French and in English, side by side."""

from collections.abc import Mapping

CALL_TEXTS: Mapping[str, tuple[str, str]] = {
    "towards": ("vers", "to"),
    "whole_call": ("L'appel entier et sa réponse", "The whole call and its answer"),
    "sent_body": ("Contenu, à l'octet près", "Body, to the byte"),
    "signed": ("Chaîne signée (v3)", "Signed string (v3)"),
    "signed_how": (
        (
            "Méthode, adresse, contenu et horodatage, bout à bout. X-HubSpot-Signature-v3 en est "
            "le HMAC-SHA256, en base64, avec le client secret de l'application."
        ),
        (
            "Method, address, body and timestamp, end to end. X-HubSpot-Signature-v3 is its "
            "HMAC-SHA256, in base64, with the app's client secret."
        ),
    ),
    "compare": (
        (
            "L'application a refusé l'appel. Si elle vérifie la signature, comparez d'abord la "
            "chaîne signée ci-dessous avec celle qu'elle reconstruit : le plus souvent, l'adresse "
            "diffère (schéma, hôte, port, requête, %40 signé comme @), ou le contenu a été relu "
            "avant d'être haché. Puis comparez le client secret."
        ),
        (
            "The app refused the call. If it checks the signature, first compare the signed string "
            "below with the one that it rebuilds: most often the address differs (scheme, host, "
            "port, query, %40 signed as @), or the body was parsed before it was hashed. Then "
            "compare the client secret."
        ),
    ),
    "no_answer": ("Aucune réponse.", "No answer."),
}
"""Each text by its name, in French and in English."""
