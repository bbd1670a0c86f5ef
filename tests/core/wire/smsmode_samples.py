"""A message as smsmode writes it, for the tests that read one."""

import json

from core.domain.ids import RefClient, SmsmodeId

SMS_ID = SmsmodeId("2b1f6a0e-6f0c-4f5e-9a53-0d6f2c1d9e11")
REF = RefClient("order-42")

RESOURCE: dict[str, object] = {
    "messageId": SMS_ID,
    "acceptedAt": "2026-11-22T14:05:00",
    "sentDate": "2026-11-22T14:05:00",
    "channel": {"channelId": "c", "name": "marketing", "type": "SMS", "flow": "MARKETING"},
    "type": "SMS",
    "direction": "MT",
    "recipient": {"to": "33600000001"},
    "from": "MaMarque",
    "body": {
        "text": "Bonjour STOP 36034",
        "encoding": "GSM7",
        "messagePartCount": 1,
        "length": 18,
        "stop": True,
    },
    "price": {"amount": 0.061, "currency": "EUR"},
    "status": {"deliveryDate": "2026-11-22T14:05:10", "value": "DELIVERED"},
    "refClient": REF,
    "href": "https://rest.smsmode.com/sms/v1/messages/2b1f6a0e",
}


def resource(**changes: object) -> bytes:
    """Return the message with some fields changed; one changed to ``None`` is left out."""
    changed = RESOURCE | changes
    return json.dumps(
        {name: value for name, value in changed.items() if value is not None}
    ).encode()
