"""Routes that smsmode has and this fake does not do: a 501 that says so."""

from starlette.responses import Response

from fakes.kit.call import Call
from fakes.kit.facts import Certainty, Fact
from fakes.kit.routing import Route
from fakes.smsmode.errors import Code, refused
from fakes.smsmode.party import Party

_LEGACY = Fact(Certainty.DOCS, "smsmode legacy HTTP API docs")
_RCS = Fact(Certainty.DOCS, "official client")
_LEGACY_VERBS = (
    "sendSMS.do",
    "sendSMSBatch.do",
    "compteRendu.do",
    "smsStatus.do",
    "smsList.do",
    "responseList.do",
    "deleteSMS.do",
    "credit.do",
    "creditTransfert.do",
    "createSubAccount.do",
    "deleteSubAccount.do",
    "addContact.do",
    "sendVoiceMessage.do",
)


async def answer(call: Call[Party]) -> Response:
    """Refuse, naming the route.

    Raises:
        ServiceError: 501, always.
    """
    asked = f"{call.request.method} {call.request.url.path}"
    call.party.tell("route.not-built", asked=asked)
    detail = f"smsmode has {asked}; this fake does not do it: use the SMS API v1 under /sms/v1"
    raise refused(Code.NOT_BUILT, "Known, and not built", detail)


def _known(method: str, path: str, fact: Fact) -> Route[Party]:
    return Route(method, path, answer, fact, is_built=False)


NOT_BUILT = (
    *(_known(m, f"/http/1.6/{verb}", _LEGACY) for verb in _LEGACY_VERBS for m in ("GET", "POST")),
    _known("GET", "/http/2.0/createAuthorisation.do", _LEGACY),
    _known("POST", "/rcs/v1/messages", _RCS),
    _known("GET", "/rcs/v1/messages", _RCS),
    _known("GET", "/rcs/v1/messages/{messageId}", _RCS),
    _known("PATCH", "/rcs/v1/messages/{messageId}", _RCS),
    _known("DELETE", "/rcs/v1/messages/{messageId}", _RCS),
    _known("POST", "/rcs/v1/channels/{channelId}/messages", _RCS),
    _known("POST", "/rcs/v1/campaigns", _RCS),
    _known("GET", "/rcs/v1/campaigns", _RCS),
    _known("GET", "/rcs/v1/campaigns/{campaignId}", _RCS),
    _known("PATCH", "/rcs/v1/campaigns/{campaignId}", _RCS),
    _known("DELETE", "/rcs/v1/campaigns/{campaignId}", _RCS),
)
"""The legacy HTTP API and RCS."""
