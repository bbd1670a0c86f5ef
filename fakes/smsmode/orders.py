"""Orders: reads a request to send, and refuses what smsmode would refuse."""

import re
from collections.abc import Mapping, Set
from datetime import datetime
from typing import Any

from fakes.smsmode.codes import Encoding
from fakes.smsmode.errors import Code, refused
from fakes.smsmode.message import Order
from fakes.smsmode.moments import read
from fakes.smsmode.settings import Settings

_NUMBER = re.compile(r"\+?([1-9][0-9]{6,14})")
_SENDER = re.compile(r"[A-Za-z0-9\s]{1,11}")
_SHORTEST_REFERENCE, _LONGEST_REFERENCE = 3, 140
_LONGEST_URL = 255
_ENCODINGS: Mapping[str, Encoding] = {encoding.value: encoding for encoding in Encoding}
_OPTIONAL = ("from", "sentDate", "refClient", "callbackUrlStatus", "callbackUrlMo")
_SHAPE = '"recipient": {"to": "33600000001"} and "body": {"text": "…"}'
_KEYS: Mapping[str, frozenset[str]] = {
    "": frozenset(("recipient", "body", *_OPTIONAL)),
    "recipient": frozenset(("to",)),
    "body": frozenset(("text", "encoding", "stop")),
}


def read_order(request: object, now: datetime, settings: Settings) -> Order:
    """Return what ``request`` asks for.

    Args:
        request: The JSON value of one message.
        now: The present moment.
        settings: How dates and unknown keys are taken.

    Raises:
        ServiceError: 400, with the code of the first thing that is wrong.

    Source: smsmode API docs, Send an SMS; limits of length as in a published client.
    """
    if not isinstance(request, dict):
        raise refused(Code.MALFORMED, "A message is a JSON object")
    if settings.strict_keys:
        for name, known in _KEYS.items():
            refuse_strangers(request.get(name) if name else request, known, name)
    body = _object(request, "body")
    # By place, in the order of the fields: names would cost as much as all that is in them.
    return Order(
        _recipient(_object(request, "recipient")),
        _text(body),
        _encoding(body),
        _stop(body),
        _sender(request.get("from")),
        _sent_date(request.get("sentDate"), now, settings),
        read_reference(request.get("refClient")),
        _url(request, "callbackUrlStatus"),
        _url(request, "callbackUrlMo"),
    )


def digits(number: str) -> str | None:
    """Return an E.164 ``number`` as bare digits, or ``None`` when it is not one."""
    found = _NUMBER.fullmatch(number)
    return found[1] if found else None


def is_sender(text: str) -> bool:
    """Return whether ``text`` may be a sender: 1 to 11 letters, digits or spaces.

    Source: published clients of the API.
    """
    return _SENDER.fullmatch(text) is not None


def refuse_strangers(asked: object, known: Set[str], where: str = "") -> None:
    """Let an object pass whose keys are all ``known``; ``where`` names it.

    Raises:
        ServiceError: 400, a key is unknown.
    """
    strange = sorted(asked.keys() - known) if isinstance(asked, Mapping) else []
    if strange:
        names = ", ".join(f"{where}.{key}" if where else key for key in strange)
        raise refused(Code.UNKNOWN_KEY, "Unknown field", f"{names}: unknown")


def _object(request: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    value = request.get(name)
    if not isinstance(value, dict):
        how = "is missing" if value is None else "is not an object"
        raise refused(Code.MISSING, f"The field '{name}' {how}", f"A message has {_SHAPE}")
    return value


def _recipient(recipient: Mapping[str, Any]) -> str:
    to = recipient.get("to")
    if to is None:
        raise refused(Code.MISSING, "recipient.to is required")
    number = digits(to) if isinstance(to, str) else None
    if number is None:
        detail = f"recipient.to is {to!r}; write 33600000001, with neither 0 in front nor spaces"
        raise refused(Code.RECIPIENT, "The recipient is not a valid E.164 number", detail)
    return number


def _text(body: Mapping[str, Any]) -> str:
    text = body.get("text")
    if text is None:
        raise refused(Code.MISSING, "body.text is required")
    if not isinstance(text, str) or not text:
        raise refused(Code.TEXT, "body.text must be a text that is not empty")
    return text


def _encoding(body: Mapping[str, Any]) -> Encoding:
    asked = body.get("encoding", Encoding.GSM7)
    encoding = _ENCODINGS.get(asked) if isinstance(asked, str) else None
    if encoding is None:
        raise refused(Code.TEXT, "body.encoding must be GSM7 or UNICODE", f"not {asked!r}")
    return encoding


def _stop(body: Mapping[str, Any]) -> bool:
    stop = body.get("stop", False)
    if not isinstance(stop, bool):
        raise refused(Code.TEXT, "body.stop must be a boolean", f"not {stop!r}")
    return stop


def _sender(sender: object) -> str | None:
    if sender is None:
        return None
    if not isinstance(sender, str) or not is_sender(sender):
        detail = f"from is {sender!r}: 1 to 11 letters, digits or spaces"
        raise refused(Code.REFERENCE, "The sender is not valid", detail)
    return sender


def read_reference(reference: object) -> str | None:
    """Return a customer's reference.

    Raises:
        ServiceError: 400, its length is wrong.
    """
    if reference is None:
        return None
    wanted = range(_SHORTEST_REFERENCE, _LONGEST_REFERENCE + 1)
    if not isinstance(reference, str) or len(reference) not in wanted:
        detail = f"refClient must have {_SHORTEST_REFERENCE} to {_LONGEST_REFERENCE} characters"
        raise refused(Code.REFERENCE, "refClient is not valid", detail)
    return reference


def _url(request: Mapping[str, Any], name: str) -> str | None:
    url = request.get(name)
    if url is None:
        return None
    web = isinstance(url, str) and url.startswith(("http://", "https://"))
    if not web or len(url) > _LONGEST_URL:
        detail = f"{name} must be an http(s) address of at most {_LONGEST_URL} characters"
        raise refused(Code.REFERENCE, f"{name} is not valid", detail)
    return str(url)


def _sent_date(text: object, now: datetime, settings: Settings) -> datetime | None:
    if text is None:
        return None
    try:
        moment = read(text, settings.zone) if isinstance(text, str) else None
    except (ValueError, OverflowError):
        moment = None
    if moment is None:
        raise refused(Code.DATE, "sentDate is not an ISO 8601 date", f"not {text!r}")
    if moment < now - settings.past_tolerance:
        raise refused(Code.DATE, "sentDate is in the past")
    if moment > now + settings.furthest:
        raise refused(Code.DATE, f"sentDate is more than {settings.furthest.days} days ahead")
    return None if moment < now + settings.immediate_within else moment
