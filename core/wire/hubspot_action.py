"""The workflow action as it is called: the execution's payload, and the answers it may get.

Source: HubSpot developer docs, "Custom workflow actions"; captured executions for the keys.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import orjson

from core.domain.errors import MalformedRequestError
from core.domain.ids import LARGEST_ID, CallbackId, ContactId, PortalId
from core.wire.hubspot_action_definition import INPUT_FIELDS
from core.wire.hubspot_paths import Paths
from core.wire.requests import VendorRequest, with_json

_DIGITS = re.compile(r"[0-9]{1,19}")


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionCall:
    """One execution of the action for one contact.

    Args:
        callback_id: The execution's id, the same in every retry: the idempotency key.
        portal_id: The account.
        contact_id: The contact.
        properties: The contact's properties that always travel with the action; empty ones left out.
        fields: What the user filled in; empty ones left out.
    """

    callback_id: CallbackId
    portal_id: PortalId
    contact_id: ContactId
    properties: Mapping[str, str]
    fields: Mapping[str, str]


def parse(raw: bytes) -> ActionCall:
    """Return the execution that ``raw`` describes.

    Keys of HubSpot's that are not ours to know are passed over; a field that our form does not
    have is refused, since nobody could tell what it was meant to do.

    Raises:
        MalformedRequestError: Not JSON, a missing part, a wrong type, or an unknown field.
    """
    try:
        data = orjson.loads(raw)
    except orjson.JSONDecodeError as exc:
        raise MalformedRequestError("the body is not JSON") from exc
    root = _object(data, "the body")
    origin = _object(root.get("origin"), "origin")
    target = _object(root.get("object"), "object")
    if target.get("objectType", "CONTACT") != "CONTACT":
        raise MalformedRequestError(
            "object.objectType must be CONTACT: the action sends to contacts"
        )
    fields = _texts(root.get("inputFields", root.get("fields", {})), "inputFields")
    if unknown := sorted(set(fields) - INPUT_FIELDS):
        raise MalformedRequestError(f"unknown input field: {', '.join(unknown)}")
    return ActionCall(
        callback_id=CallbackId(_text(root.get("callbackId"), "callbackId")),
        portal_id=PortalId(_number(origin.get("portalId"), "origin.portalId")),
        contact_id=ContactId(str(_number(target.get("objectId"), "object.objectId"))),
        properties=_texts(target.get("properties", {}), "object.properties"),
        fields=fields,
    )


def blocked(expires_in: timedelta) -> dict[str, Any]:
    """Return the answer "wait for me, but no longer than ``expires_in``"."""
    duration = f"PT{int(expires_in.total_seconds())}S"
    return {"outputFields": {"hs_execution_state": "BLOCK", "hs_expiration_duration": duration}}


def refused(code: str, detail: str) -> dict[str, Any]:
    """Return the answer "this one failed, go on": the rule of ``code`` shows in the history."""
    return {"outputFields": failed_outputs(code, detail)}


def failed_outputs(code: str, detail: str) -> dict[str, str]:
    """Return the output fields of a send that did not happen."""
    return {"hs_execution_state": "FAIL_CONTINUE", "errorCode": code, "detail": detail}


def sent_outputs(sms_id: str, status: str, parts: int) -> dict[str, str]:
    """Return the output fields of an SMS that smsmode has taken."""
    return {
        "hs_execution_state": "SUCCESS",
        "sms_id": sms_id,
        "sms_status": status,
        "sms_parts": str(parts),
    }


def complete(paths: Paths, completions: Iterable[tuple[str, Mapping[str, str]]]) -> VendorRequest:
    """Return the request that ends blocked executions.

    Args:
        paths: The edition's paths.
        completions: At most 100 pairs of a callback id and its output fields.
    """
    inputs = [
        {"callbackId": callback_id, "outputFields": dict(outputs)}
        for callback_id, outputs in completions
    ]
    return with_json("POST", paths.callbacks, {"inputs": inputs})


def _object(value: object, name: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise MalformedRequestError(f"{name} must be an object")
    return value


def _text(value: object, name: str) -> str:
    if not isinstance(value, str) or not value:
        raise MalformedRequestError(f"{name} must be a text that is not empty")
    return value


def _number(value: object, name: str) -> int:
    if isinstance(value, str) and _DIGITS.fullmatch(value):
        value = int(value)
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= LARGEST_ID:
        raise MalformedRequestError(f"{name} must be a whole number, as HubSpot's ids are")
    return value


def _texts(value: object, name: str) -> dict[str, str]:
    """Return the texts of an object; absent, null and empty are one and the same to HubSpot."""
    texts: dict[str, str] = {}
    for key, item in _object(value, name).items():
        if item is None or item == "":
            continue
        if not isinstance(item, str):
            raise MalformedRequestError(f"{name}.{key} must be a text")
        texts[key] = item
    return texts
