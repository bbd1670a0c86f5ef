"""The tutorial's workflow: *CAL_Autres Sources* is a trade show, then an SMS."""

from collections.abc import Mapping
from typing import Any

SOURCE = "cal_autres_sources"
"""The property that the tutorial's workflow watches."""
VISITOR, EXHIBITOR = "Salon visiteur", "Salon exposant"
"""The values that enrol."""
FLOW_NAME = "Suite du salon"
"""What people call the workflow."""
TEXT = (
    "Bonjour $prenom, c'était un plaisir de discuter avec vous au salon. "
    "Voici mon lien de prise de RDV : sms.bo/r5Ld"
)
"""What it sends unless told otherwise."""


def tutorial_source() -> dict[str, Any]:
    """Return the property *CAL_Autres Sources*, as HubSpot's properties API takes it."""
    values = (EXHIBITOR, VISITOR, "Site web", "Recommandation")
    return {
        "name": SOURCE,
        "label": "CAL_Autres Sources",
        "groupName": "contactinformation",
        "type": "enumeration",
        "fieldType": "select",
        "options": [
            {"label": value, "value": value, "displayOrder": place, "hidden": False}
            for place, value in enumerate(values)
        ],
    }


def tutorial_form(action: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the workflow's author puts in the form of an app's action, whoever the app is.

    Each field that is required has something: the contact's phone where it takes a property, the
    first choice of a list, ``true`` or ``1`` where it takes no text, and ``TEXT`` elsewhere.
    """
    required = (field for field in action["inputFields"] if field.get("isRequired"))
    return {field["typeDefinition"]["name"]: _filled(field) for field in required}


def _filled(field: Mapping[str, Any]) -> Any:
    kind = field["typeDefinition"]
    if kind.get("options"):
        return kind["options"][0]["value"]
    if field.get("supportedValueTypes") == ["OBJECT_PROPERTY"] or kind["type"] == "phone_number":
        return {"type": "OBJECT_PROPERTY", "propertyName": "phone"}
    return {"bool": "true", "number": "1"}.get(kind["type"], TEXT)


def tutorial_flow(
    definition_id: str,
    fields: Mapping[str, Any],
    *,
    name: str = FLOW_NAME,
    is_enabled: bool = True,
    re_enroll: bool = True,
) -> dict[str, Any]:
    """Return the flow, as HubSpot's flows API takes it; see ``Furnisher.create_flow``."""
    return {
        "isEnabled": is_enabled,
        "flowType": "WORKFLOW",
        "type": "CONTACT_FLOW",
        "name": name,
        "objectTypeId": "0-1",
        "startActionId": "1",
        "nextAvailableActionId": "2",
        "actions": [
            {
                "type": "SINGLE_CONNECTION",
                "actionId": "1",
                "actionTypeId": f"1-{definition_id}",
                "actionTypeVersion": 1,
                "fields": dict(fields),
            }
        ],
        "enrollmentCriteria": _criteria(re_enroll=re_enroll),
        "timeWindows": [],
        "blockedDates": [],
        "suppressionListIds": [],
    }


def _criteria(*, re_enroll: bool) -> dict[str, Any]:
    """Return who enters: each contact whose source comes to be a trade show."""
    trigger = {
        "filterType": "PROPERTY",
        "property": SOURCE,
        "operation": {
            "operationType": "ENUMERATION",
            "operator": "IS_ANY_OF",
            "values": [EXHIBITOR, VISITOR],
            "includeObjectsWithNoValueSet": False,
        },
    }
    branch = {
        "filterBranchType": "OR",
        "filterBranchOperator": "OR",
        "filters": [],
        "filterBranches": [
            {
                "filterBranchType": "AND",
                "filterBranchOperator": "AND",
                "filterBranches": [],
                "filters": [trigger],
            }
        ],
    }
    return {
        "type": "LIST_BASED",
        "shouldReEnroll": re_enroll,
        "unEnrollObjectsNotMeetingCriteria": False,
        "listFilterBranch": branch,
        "reEnrollmentTriggersFilterBranches": [],
    }
