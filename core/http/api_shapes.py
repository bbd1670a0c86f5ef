"""The JSON that the core takes and gives, as the schemas of its OpenAPI description."""

from collections.abc import Mapping
from typing import Any

Shape = Mapping[str, Any]
"""A JSON Schema (2020-12)."""

TEXT: Shape = {"type": "string"}
_WORD: Shape = {"type": "string", "minLength": 1}
_FLAG: Shape = {"type": "boolean"}
_COUNT: Shape = {"type": "integer", "minimum": 0}
_MAYBE: Shape = {"type": ["string", "null"]}
_MOMENT: Shape = {"type": "string", "format": "date-time"}
_TEXTS: Shape = {"type": "object", "additionalProperties": {"type": "string"}}
_DIGITS: Shape = {"type": "string", "pattern": "^[0-9]+$"}


def ref(name: str) -> Shape:
    """Return what stands for the shape of that name."""
    return {"$ref": f"#/components/schemas/{name}"}


def _object(optional: Mapping[str, Shape] | None = None, /, **required: Shape) -> Shape:
    """Return an object of exactly these fields."""
    return {
        "type": "object",
        "properties": {**required, **(optional or {})},
        "required": list(required),
        "additionalProperties": False,
    }


def _open(**required: Shape) -> Shape:
    """Return an object of these fields and whatever others its sender adds."""
    return {"type": "object", "properties": required, "required": list(required)}


def _list(item: Shape) -> Shape:
    return {"type": "array", "items": item}


def _one_of(*values: str) -> Shape:
    return {"enum": list(values)}


_TYPE = _one_of("promotional", "notification")
_SMS_FIELDS = {"type": TEXT, "text": TEXT, "sender": TEXT, "stop": TEXT, "encoding": TEXT}
_CONTACT_FIELDS = ("firstname", "lastname", "phone", "mobilephone")
_CONTACT_STATES = ("smsmode_status", "hs_marketable_status")
_ACCOUNT: dict[str, Shape] = {
    "portal_id": _COUNT,
    "state": _one_of("active", "revoked"),
    "account": TEXT,
    "country": TEXT,
    "installed_at": _MOMENT,
    "installed_by": TEXT,
    "linked": _FLAG,
}
_FAULT: dict[str, Shape] = {"code": _WORD, "message": _WORD}

SHAPES: Mapping[str, Shape] = {
    "Error": _object(error=_open(**_FAULT)),
    "FieldError": _object(error=_open(**_FAULT, field=TEXT)),
    "StaleTemplates": _object(error=_open(**_FAULT), current=ref("Templates")),
    "Alive": _object(status=_one_of("ok", "ready")),
    "Execution": _open(
        callbackId=_WORD,
        origin=_open(portalId={"type": ["integer", "string"]}),
        object=_open(objectId={"type": ["integer", "string"]}),
    ),
    "ExecutionAnswer": _object(
        outputFields=_object(
            {"hs_expiration_duration": TEXT, "errorCode": TEXT, "detail": TEXT},
            hs_execution_state=_one_of("BLOCK", "FAIL_CONTINUE"),
        )
    ),
    "Notices": {"anyOf": [_list({"type": "object"}), {"type": "object"}]},
    "Report": _open(messageId=_WORD, status=_open(value=_WORD)),
    "Reply": _open(messageId=_WORD),
    "Invitation": _object(account=_WORD),
    "InstallLink": _object(install_url={"type": "string", "format": "uri"}),
    "Keys": _object(marketing=_WORD, notification=_WORD),
    "Account": _object(**_ACCOUNT),
    "LinkedAccount": _object(**_ACCOUNT, warnings=_list(TEXT)),
    "KeyState": _object(flow=_MAYBE, refusal=TEXT),
    "KeyStates": _object(
        {"marketing": ref("KeyState"), "notification": ref("KeyState")},
        linked=_FLAG,
        swapped=_FLAG,
        warnings=_list(TEXT),
    ),
    "Accounts": _object(results=_list(ref("Account"))),
    "Message": _object(
        id=_WORD,
        contact_id=_DIGITS,
        callback_id=_MAYBE,
        smsmode_id=_MAYBE,
        kind=_TYPE,
        status=_WORD,
        detail=TEXT,
    ),
    "Messages": _object(results=_list(ref("Message"))),
    "Figure": _object(
        day={"type": "string", "format": "date"}, status=_WORD, parts=_COUNT, count=_COUNT
    ),
    "Figures": _object(results=_list(ref("Figure"))),
    "Failures": _object(
        tasks=_list(_object(kind=_WORD, item=TEXT, attempt=_COUNT, reason=TEXT, failed_at=_MOMENT)),
        refused_by_hubspot=_list(_object(key=_WORD, reason=TEXT)),
    ),
    "GivenUp": _object(failures={**_list(_object(kind=_WORD, item=_WORD)), "maxItems": 1000}),
    "Treated": _object(count=_COUNT),
    "Draft": _object(
        {"sender": TEXT, "stop": TEXT, "encoding": TEXT},
        type=TEXT,
        text=TEXT,
    ),
    "Count": _object(characters=_COUNT, parts=_COUNT, refusals=_list(TEXT)),
    "Resealed": _object(accounts=_COUNT, key_mark=_WORD),
    "Lifted": _object(lifted=_FLAG),
    "Check": _object(
        check=_one_of("number", "blacklist", "consent", "enrolment", "credit"),
        question=_WORD,
        verdict=_one_of("fine", "trouble", "unknown"),
        found=_WORD,
        mend=_MAYBE,
        evidence=_TEXTS,
    ),
    "Checks": _object(checks=_list(ref("Check"))),
    "ContactChecks": _object(portal_id=_COUNT, contact_id=_DIGITS, checks=_list(ref("Check"))),
    "Exchange": _object(
        id=_WORD,
        direction=_one_of("sent", "received"),
        at=_MOMENT,
        type={"enum": ["promotional", "notification", None]},
        typeLabel=TEXT,
        text=TEXT,
        status=_WORD,
        tone=_one_of("DEFAULT", "SUCCESS", "WARNING", "DANGER", "INFO"),
        detail=TEXT,
    ),
    "Summary": _object(
        contact=_object(id=_DIGITS, **dict.fromkeys((*_CONTACT_FIELDS, *_CONTACT_STATES), _MAYBE)),
        messages={**_list(ref("Exchange")), "maxItems": 5},
        total=_COUNT,
        actions=_list(_object(label=_WORD, uri=_WORD)),
    ),
    "Sms": _object(_SMS_FIELDS, contactId=_DIGITS),
    "SmsToSend": _object(_SMS_FIELDS, contactId=_DIGITS, requestId=_WORD),
    "Remark": _object(code=_WORD, refuses=_FLAG, message=_WORD),
    "SmsCount": _object(
        characters=_COUNT, parts=_COUNT, text=TEXT, stop=_FLAG, remarks=_list(ref("Remark"))
    ),
    "SmsTaken": _object(id=_WORD, status=_WORD, detail=TEXT, characters=_COUNT, parts=_COUNT),
    "FormCount": _object(
        characters=_COUNT, parts=_COUNT, text=TEXT, counter=_WORD, remarks=_list(ref("Remark"))
    ),
    "Template": _object(name=_WORD, text=_WORD),
    "Edit": _object(version=_COUNT, templates=_list(ref("Template"))),
    "Templates": _object(
        version=_COUNT,
        templates=_list(ref("Template")),
        saved_by=TEXT,
        saved_at={"type": ["string", "null"], "format": "date-time"},
    ),
    "LegacyCard": _object(
        results={**_list(_open(objectId=_COUNT, title=_WORD)), "minItems": 1, "maxItems": 5},
        totalCount=_COUNT,
        responseVersion=_one_of("v1"),
        primaryAction=ref("Button"),
        secondaryActions=_list(ref("Button")),
    ),
    "Button": _object(
        type=_one_of("IFRAME"),
        width=_COUNT,
        height=_COUNT,
        uri=_WORD,
        label=_WORD,
        associatedObjectProperties=_list(TEXT),
    ),
}
"""Every shape, by its name."""
