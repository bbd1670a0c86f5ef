"""Leaving legacy cards behind: HubSpot's sample of an answer, and the swap for an app card."""

from typing import Any

from starlette.responses import Response

from fakes.hubspot.answering import HubCall, routes
from fakes.hubspot.bodies import read_object
from fakes.hubspot.cards.definitions import ROOTS, developer_of, named
from fakes.hubspot.errors import invalid, missing_fields
from fakes.hubspot.shapes import flag_in, number_in
from fakes.hubspot.times import epoch_ms
from fakes.kit.answers import json_answer
from fakes.kit.facts import Certainty, Fact

_SPEC = Fact(Certainty.SPEC, "HubSpot developer docs, CRM cards")
_HIGHEST = 2**53
_SWAP = ("legacyCrmCardId", "appCardId")

_SAMPLE: dict[str, Any] = {
    "responseVersion": "v3",
    "cardLabel": "See more tickets",
    "allItemsLinkUrl": "https://example.com/tickets",
    "totalCount": 1,
    "sections": [
        {
            "id": "245",
            "title": "API-22: APIs working too fast",
            "linkUrl": "https://example.com/tickets/245",
            "tokens": [
                {"name": "status", "label": "Status", "dataType": "STRING", "value": "Open"},
                {"name": "due", "label": "Due", "dataType": "DATE", "value": "2026-12-01"},
            ],
            "actions": [],
        }
    ],
    "topLevelActions": {
        "primary": {
            "type": "IFRAME",
            "label": "Create a ticket",
            "url": "https://example.com/tickets/new",
            "width": 890,
            "height": 748,
            "propertyNamesIncluded": ["email"],
        },
        "secondary": [],
        "settings": None,
    },
}


async def show_sample(call: HubCall) -> Response:  # noqa: ARG001 - the same for everybody
    """Answer ``GET …/sample-response``. Assumed: its values; the spec gives their shape."""
    return json_answer(_SAMPLE)


async def swap(call: HubCall) -> Response:
    """Answer ``POST …/{appId}/views/migrate``: records no longer show the legacy card.

    Assumed: it is done at once, for every account that has the app; the sentence of the answer.
    """
    app, body = developer_of(call), await read_object(call, *_SWAP)
    flag_in(body, "allowDuplicateAppCardIds")
    legacy, card_id = (number_in(body, name, least=1, most=_HIGHEST) for name in _SWAP)
    if legacy is None or card_id is None:
        raise missing_fields(_SWAP)
    card = named(app, str(legacy))
    if card.replaced_by is not None:
        raise invalid(f"The card {card.id} was swapped for the app card {card.replaced_by} before.")
    card.replaced_by = card_id
    hub = call.party
    accounts = sum(app.id in portal.installs for portal in hub.state.portals.values())
    hub.event("card.swapped", appId=app.id, cardId=card.id, appCardId=card_id)
    now = epoch_ms(hub.now())
    return json_answer(
        {
            "message": f"The card {card.id} was swapped for the app card {card_id}.",
            "startedAt": now,
            "endedAt": now,
            "totalPortalCount": accounts,
            "remainingPortalCount": 0,
        }
    )


ROUTES = (
    *routes(
        ("/crm/v3/extensions/cards-dev", "/crm/extensions/cards-dev/2026-03"),
        ("GET", "/sample-response", show_sample, _SPEC, "cards#sample"),
    ),
    *routes(ROOTS, ("POST", "/views/migrate", swap, _SPEC, "cards#swapped")),
)
