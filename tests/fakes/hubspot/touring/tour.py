"""A tour of the fake: every route is called once, as who may call it calls it."""

from tests.fakes.hubspot.touring import apps, automation, records, screens
from tests.fakes.hubspot.touring.traveller import Traveller, before


async def go_everywhere(by: Traveller) -> None:
    """Call every route."""
    app = by.world.app.id
    await screens.pages_and_tokens(by)
    for visit, where in (
        (records.contacts, before("POST", "/gdpr-delete")),
        (records.properties, before("GET", "/groups")),
        (records.lists, before("PUT", "/{listId}/restore")),
        (automation.definitions, before("GET", "/{definitionId}/revisions")),
        (automation.flows, before("GET", "/flows/email-campaigns")),
        (automation.callbacks, before("POST", "/{callbackId}/complete")),
        (apps.webhooks, before("GET", "/subscriptions")),
        (apps.timeline, before("GET", "/events/{templateId}/{eventId}/detail")),
        (apps.cards, before("POST", "/views/migrate")),
    ):
        for root in where:
            await visit(by, root.format(appId=app))
    for root in before("GET", "/sample-response"):
        await by.go("GET", f"{root}/sample-response")
    for root in before("POST", "/types/projects"):
        await apps.app_events(by, root)
    await screens.screens(by)
    await screens.editor(by)
    await screens.rest(by)
    await screens.ends(by)
