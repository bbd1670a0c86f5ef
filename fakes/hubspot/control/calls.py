"""Control route for the calls that HubSpot made to apps."""

from starlette.responses import Response

from fakes.hubspot.answering import HubCall
from fakes.kit.answers import json_answer


async def list_calls(call: HubCall) -> Response:
    """Answer ``GET …/calls?appId=&callbackId=``: what was sent and answered, oldest first."""
    app_id, callback_id = call.query("appId"), call.query("callbackId")
    shown = [
        made.as_json()
        for made in call.party.state.calls
        if app_id in (None, str(made.app_id)) and callback_id in (None, made.callback_id)
    ]
    return json_answer({"results": shown})
