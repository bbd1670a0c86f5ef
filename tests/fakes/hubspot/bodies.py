"""What the tests' app defines and its workflows do, as HubSpot's API takes them."""

from typing import Any

ACTION_URL = "https://app.example/hubspot/action"


def success(**outputs: str) -> dict[str, object]:
    return {"outputFields": {"hs_execution_state": "SUCCESS", **outputs}}


def definition() -> dict[str, Any]:
    return {
        "actionUrl": ACTION_URL,
        "objectTypes": ["CONTACT"],
        "published": True,
        "inputFields": [
            {
                "typeDefinition": {
                    "name": "type_envoi",
                    "type": "enumeration",
                    "fieldType": "select",
                    "options": [{"value": "promo", "label": "SMS Promotionnel"}],
                },
                "supportedValueTypes": ["STATIC_VALUE"],
                "isRequired": True,
            },
            {
                "typeDefinition": {"name": "texte", "type": "string", "fieldType": "textarea"},
                "supportedValueTypes": ["STATIC_VALUE"],
            },
            {
                "typeDefinition": {"name": "vers", "type": "string", "fieldType": "text"},
                "supportedValueTypes": ["OBJECT_PROPERTY"],
            },
        ],
        "outputFields": [
            {"typeDefinition": {"name": "errorCode", "type": "string", "fieldType": "text"}}
        ],
        "objectRequestOptions": {"properties": ["phone", "city"]},
        "labels": {
            "en": {
                "actionName": "Send an SMS",
                "inputFieldLabels": {"texte": "Text"},
                "executionRules": {"noCredit": "No credit: {{ detail }}"},
            },
            "fr": {
                "actionName": "Envoyer un SMS",
                "executionRules": {"noCredit": "Plus de crédit : {{ detail }}"},
            },
        },
        "executionRules": [{"labelName": "noCredit", "conditions": {"errorCode": "NO_CREDIT"}}],
    }


def flow(definition_id: str) -> dict[str, Any]:
    return {
        "name": "Salons",
        "isEnabled": True,
        "startActionId": "1",
        "actions": [
            {
                "type": "SINGLE_CONNECTION",
                "actionId": "1",
                "actionTypeId": f"1-{definition_id}",
                "actionTypeVersion": 1,
                "fields": {
                    "type_envoi": "promo",
                    "texte": "Bonjour {{ enrolled_object.firstname }} {{enrolled_object.city}}!",
                    "vers": {"type": "OBJECT_PROPERTY", "propertyName": "phone"},
                },
            }
        ],
        "enrollmentCriteria": triggered_by("city", "Lyon", "Nice"),
    }


def triggered_by(name: str, *values: str, again: bool = False) -> dict[str, Any]:
    operation = {
        "operationType": "ENUMERATION",
        "operator": "IS_ANY_OF",
        "values": list(values),
        "includeObjectsWithNoValueSet": False,
    }
    leaf = {"filterType": "PROPERTY", "property": name, "operation": operation}
    branch = {"filterBranchType": "AND", "filterBranchOperator": "AND", "filters": [leaf]}
    return {
        "type": "LIST_BASED",
        "shouldReEnroll": again,
        "listFilterBranch": {
            "filterBranchType": "OR",
            "filterBranchOperator": "OR",
            "filterBranches": [branch],
        },
    }
