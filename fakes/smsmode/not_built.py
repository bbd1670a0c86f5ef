"""Routes that smsmode has and this fake does not do: a 501 that says so."""

from starlette.responses import Response

from fakes.kit.call import Call
from fakes.kit.facts import Certainty, Fact
from fakes.kit.routing import Route
from fakes.smsmode.auth import authenticate, require_channel
from fakes.smsmode.codes import ChannelType
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


async def answer_rcs(call: Call[Party]) -> Response:
    """Refuse as ``answer``, once the key is one of RCS.

    Raises:
        ServiceError: 401 or 403 as a key of SMS is refused, 501 otherwise.

    Source: a production user (403 for a key of SMS).
    """
    require_channel(call, authenticate(call), ChannelType.RCS)
    return await answer(call)


def _legacy(method: str, path: str) -> Route[Party]:
    return Route(method, path, answer, _LEGACY, is_built=False)


def _rcs(base: str, identifier: str) -> tuple[Route[Party], ...]:
    one = f"{base}/{{{identifier}}}"
    known = (("POST", base), ("GET", base), ("GET", one), ("PATCH", one), ("DELETE", one))
    return tuple(Route(m, path, answer_rcs, _RCS, is_built=False) for m, path in known)


NOT_BUILT = (
    *(_legacy(m, f"/http/1.6/{verb}") for verb in _LEGACY_VERBS for m in ("GET", "POST")),
    _legacy("GET", "/http/2.0/createAuthorisation.do"),
    *(
        route
        for base in ("/rcs/v1", "/rcs/v1/channels/{channelId}")
        for route in (
            *_rcs(f"{base}/messages", "messageId"),
            *_rcs(f"{base}/campaigns", "campaignId"),
            *_rcs(f"{base}/campaigns/{{campaignId}}/messages", "messageId"),
        )
    ),
)
"""The legacy HTTP API and RCS."""
