"""What each route takes and answers, as its OpenAPI description tells it; a test plays them all."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from core.metrics import CONTENT_TYPE

JSON, FORM, PAGE = "application/json", "application/x-www-form-urlencoded", "text/html"
PLAIN = CONTENT_TYPE.partition(";")[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What is told of one method of one route, beside its path, its guard and its summary.

    Args:
        takes: The shape of its body, or the content type of one that is no JSON.
        answers: The shape of each answer that is no error, or its content type; ``""`` is empty.
        refuses: The errors of its own, by status: those of its guard are added.
        asks: The parameters of its query.
        pages: Whether a person reads the answers, errors included.
    """

    answers: Mapping[int, str]
    takes: str = ""
    refuses: Mapping[int, str] = field(default_factory=dict)
    asks: tuple[str, ...] = ()
    pages: bool = False


_WHO = ("portalId", "userId", "userEmail", "appId")
_WRONG = {400: "Error"}
_REFUSED = {**_WRONG, 422: "FieldError"}
_ACCOUNT = {**_WRONG, 404: "Error"}

TOLD: Mapping[str, Told] = {
    "POST /hubspot/action": Told(
        takes="Execution", answers={200: "ExecutionAnswer"}, refuses=_ACCOUNT
    ),
    "POST /hubspot/webhooks": Told(takes="Notices", answers={204: ""}, refuses=_WRONG),
    "GET /hubspot/card": Told(
        answers={200: "LegacyCard"},
        refuses=_ACCOUNT,
        asks=("portalId", "userId", "userEmail", "associatedObjectId", "associatedObjectType"),
    ),
    "GET /hubspot/card/summary": Told(
        answers={200: "Summary"}, refuses=_ACCOUNT, asks=(*_WHO, "contactId", "language")
    ),
    "POST /hubspot/card/preview": Told(
        takes="Sms", answers={200: "SmsCount"}, refuses={**_REFUSED, 404: "Error"}, asks=_WHO
    ),
    "POST /hubspot/card/send": Told(
        takes="SmsToSend", answers={201: "SmsTaken"}, refuses={**_REFUSED, 404: "Error"}, asks=_WHO
    ),
    "GET /hubspot/card/templates": Told(answers={200: "Templates"}, refuses=_WRONG, asks=_WHO),
    "PUT /hubspot/card/templates": Told(
        takes="Edit",
        answers={200: "Templates"},
        refuses={**_WRONG, 409: "StaleTemplates", 422: "Error"},
        asks=_WHO,
    ),
    "GET /hubspot/card/checks": Told(
        answers={200: "Checks"}, refuses=_ACCOUNT, asks=(*_WHO, "contactId", "language")
    ),
    "GET /card/send": Told(answers={200: PAGE}, asks=("link",), pages=True),
    "POST /card/send": Told(takes=FORM, answers={200: PAGE}, pages=True),
    "GET /card/templates": Told(answers={200: PAGE}, asks=("link",), pages=True),
    "POST /card/templates": Told(takes=FORM, answers={200: PAGE}, pages=True),
    "GET /card/checks": Told(answers={200: PAGE}, asks=("link",), pages=True),
    "POST /card/preview": Told(takes=FORM, answers={200: "FormCount"}, refuses=_WRONG),
    "POST /smsmode/{key}/status": Told(takes="Report", answers={204: ""}, refuses=_WRONG),
    "POST /smsmode/{key}/inbound": Told(takes="Reply", answers={204: ""}, refuses=_WRONG),
    "POST /operator/installs": Told(
        takes="Invitation", answers={201: "InstallLink"}, refuses=_WRONG
    ),
    "GET /operator/accounts": Told(answers={200: "Accounts"}),
    "DELETE /operator/accounts/{portal}": Told(answers={204: ""}, refuses=_ACCOUNT),
    "GET /operator/accounts/{portal}/figures": Told(answers={200: "Figures"}, refuses=_ACCOUNT),
    "PUT /operator/accounts/{portal}/keys": Told(
        takes="Keys", answers={200: "LinkedAccount"}, refuses={**_ACCOUNT, 409: "Error"}
    ),
    "GET /operator/accounts/{portal}/keys": Told(answers={200: "KeyStates"}, refuses=_ACCOUNT),
    "GET /operator/accounts/{portal}/messages": Told(answers={200: "Messages"}, refuses=_ACCOUNT),
    "GET /operator/accounts/{portal}/contacts/{contact}/checks": Told(
        answers={200: "ContactChecks"}, refuses=_ACCOUNT
    ),
    "DELETE /operator/accounts/{portal}/contacts/{contact}/optout": Told(
        answers={200: "Lifted"}, refuses={**_ACCOUNT, 422: "Error"}
    ),
    "GET /operator/failures": Told(answers={200: "Failures"}),
    "POST /operator/failures/dismiss": Told(
        takes="GivenUp", answers={200: "Treated"}, refuses=_WRONG
    ),
    "POST /operator/failures/requeue": Told(
        takes="GivenUp", answers={200: "Treated"}, refuses=_WRONG
    ),
    "POST /operator/preview": Told(
        takes="Draft", answers={200: "Count"}, refuses={**_WRONG, 422: "Error"}
    ),
    "POST /operator/vault/reseal": Told(answers={200: "Resealed"}),
    "GET /install/{ticket}": Told(answers={302: ""}, pages=True),
    "GET /oauth/callback": Told(answers={200: PAGE}, asks=("code", "state", "error"), pages=True),
    "GET /health": Told(answers={200: "Alive"}),
    "GET /ready": Told(answers={200: "Alive"}, refuses={503: "Error"}),
    "GET /metrics": Told(answers={200: PLAIN}),
    "GET /openapi.json": Told(answers={200: JSON}),
}
"""Every method of every route."""

KEEPS_OUT: Mapping[str, tuple[int, ...]] = {
    "hubspot": (401, 413),
    "hubspot_fetch": (401, 413),
    "link": (401, 413),
    "smsmode": (401, 404, 413),
    "operator": (401, 413),
    "ticket": (400,),
    "state": (400,),
    "none": (),
}
"""What each guard answers to whom it keeps out."""
