"""What has been seen of an integration from outside, by HubSpot and by smsmode."""

from core.wire.hubspot_properties import STATUS
from tests.crash.scene import Scene


def sent(scene: Scene) -> list[str]:
    """Return the reference of each SMS that smsmode took."""
    return [message["refClient"] for message in scene.events("message.accepted", "smsmode")]


def shown(scene: Scene) -> set[str]:
    """Return the ids of the timeline's events."""
    return {event["eventId"] for event in scene.events("timeline.written", "hubspot")}


def completed(scene: Scene) -> set[str]:
    """Return the ids of the executions whose outcome the workflows know."""
    return {event["callbackId"] for event in scene.events("action.completed", "hubspot")}


def is_delivered(scene: Scene) -> bool:
    """Tell whether the only SMS was shown as sent and as received, and its workflow goes on."""
    return len(shown(scene)) >= 2 and bool(completed(scene))


def is_stopped(scene: Scene) -> bool:
    """Tell whether the answer STOP was shown, and kept on the contact."""
    changes = scene.events("contact.changed", "hubspot")
    return len(shown(scene)) >= 3 and any(STATUS in change["properties"] for change in changes)
