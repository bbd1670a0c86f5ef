"""Look-ups: the operator that a number's range belongs to."""

from starlette.responses import Response

from fakes.kit.answers import json_answer
from fakes.kit.call import Call
from fakes.smsmode.auth import authenticate
from fakes.smsmode.errors import Code, refused
from fakes.smsmode.operators import lookup_of
from fakes.smsmode.orders import digits
from fakes.smsmode.party import Party


async def show(call: Call[Party]) -> Response:
    """Answer with the country and the operator of a number; not whether it can be reached.

    Source: smsmode API docs, Lookup; a production user.
    """
    authenticate(call)
    number = digits(call.params["msisdn"])
    if number is None:
        detail = f"{call.params['msisdn']!r}; write 33600000001"
        raise refused(Code.RECIPIENT, "The number is not a valid E.164 number", detail)
    return json_answer(lookup_of(number))
