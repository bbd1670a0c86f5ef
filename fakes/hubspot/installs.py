"""An app leaving an account: its tokens die, and what it was running fails."""

from fakes.hubspot.automation.actions import passage_of
from fakes.hubspot.automation.custom import disconnect
from fakes.hubspot.errors import not_found
from fakes.hubspot.hub import Hub
from fakes.hubspot.oauth.grants import end_install
from fakes.hubspot.state import Portal


def uninstall(hub: Hub, portal: Portal, app_id: int, *, by: str) -> None:
    """Take an app out of an account; its properties, events and flows stay.

    Source: HubSpot knowledge base, Connected apps (docs). Assumed: executions under way fail.

    Args:
        hub: The fake.
        portal: The account.
        app_id: Which app.
        by: Who does it: ``user`` or ``app``.

    Raises:
        RefusedError: The app is not connected.
    """
    entry = portal.installs.get(app_id)
    if entry is None:
        raise not_found(f"The app {app_id} is not connected to the account {portal.id}")
    end_install(hub, entry)
    hub.event("app.uninstalled", portalId=portal.id, appId=app_id, by=by)
    for enrollment, step in list(portal.executions.values()):
        if step.app_id == app_id:
            disconnect(passage_of(hub, portal, enrollment), step)
