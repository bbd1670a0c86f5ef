"""Putting in place what the app needs at HubSpot, from properties to webhooks; twice does no harm."""

import asyncio
import hashlib
import json
import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection

from core.clients.hubspot import HubSpot
from core.domain.errors import ProviderDownError, ProviderRefusedError
from core.ports import Database
from core.stores import installs
from core.wire import hubspot_card, hubspot_crm, hubspot_webhooks
from core.wire.hubspot_action_definition import action_definition
from core.wire.hubspot_paths import Paths
from core.wire.hubspot_properties import PROPERTIES
from core.wire.hubspot_templates import TEMPLATES
from core.wire.hubspot_webhooks import Subscription, Topic

log = logging.getLogger(__name__)

_ALREADY_THERE = "OBJECT_ALREADY_EXISTS"
_SUNSET = frozenset({403, 404, 410, 501})
"""How HubSpot may answer for a surface that it has retired. Assumed: it says not which."""


@dataclass(frozen=True, slots=True)
class Provisioning:
    """Puts in place what the app needs, and only what is not there yet.

    Args:
        database: Where HubSpot's ids are kept.
        hubspot: Where things are put.
        paths: The edition's paths.
        app_id: The app.
        public_url: Where HubSpot reaches us.
    """

    database: Database
    hubspot: HubSpot
    paths: Paths
    app_id: int
    public_url: str
    _turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def for_account(self, access_token: str) -> None:
        """Put the contact properties in place; one that was archived comes back.

        Raises:
            ProviderError: HubSpot refuses, or cannot be asked now.
        """
        for definition in PROPERTIES:
            try:
                await self.hubspot.with_token(
                    access_token, hubspot_crm.create_property(self.paths, definition)
                )
            except ProviderRefusedError as exc:
                if exc.vendor_code != _ALREADY_THERE:
                    raise

    async def for_app(self) -> None:
        """Put event templates, workflow action, card and webhook in place, once for all.

        Raises:
            ProviderError: HubSpot refuses, or cannot be asked now.
        """
        # Two installations at once would each find nothing and create everything twice.
        async with self._turn:
            await self._templates()
            await self._action()
            await self._card()
            await self._webhook()

    def template_id(self, tx: Connection, name: str) -> str:
        """Return HubSpot's id of an event template.

        Raises:
            ProviderDownError: It was never put in place: install again.
        """
        found = installs.find_provision(tx, name)
        if found is None:
            msg = f"the event template {name!r} is not in place: install the app again"
            raise ProviderDownError(msg)
        return found

    async def _templates(self) -> None:
        wanted = {str(template["name"]): template for template in TEMPLATES}
        known = await self._known(list(wanted))
        if len(known) == len(wanted):
            return
        answer = await self.hubspot.as_developer(
            hubspot_crm.list_templates(self.paths, self.app_id)
        )
        known = hubspot_crm.parse_named_ids(answer.body, "name")
        for name, definition in wanted.items():
            vendor_id = known.get(name) or await self._create_template(definition)
            await self._save(name, vendor_id)

    async def _create_template(self, definition: Mapping[str, Any]) -> str:
        ask = hubspot_crm.create_template(self.paths, self.app_id, definition)
        return hubspot_crm.parse_id((await self.hubspot.as_developer(ask)).body)

    async def _action(self) -> None:
        action_url = f"{self.public_url}/hubspot/action"
        definition = action_definition(action_url)
        name = _digest("action", definition)
        if await self._known([name]):
            return
        listed = await self.hubspot.as_developer(hubspot_crm.list_actions(self.paths, self.app_id))
        found = hubspot_crm.parse_named_ids(listed.body, "actionUrl").get(action_url)
        if found is None:
            ask = hubspot_crm.create_action(self.paths, self.app_id, definition)
        else:
            ask = hubspot_crm.update_action(self.paths, self.app_id, found, definition)
        answer = await self.hubspot.as_developer(ask)
        await self._save(name, hubspot_crm.parse_id(answer.body))

    async def _card(self) -> None:
        """Put the legacy card in place; where HubSpot has none any more, the app does without."""
        card = hubspot_card.definition(f"{self.public_url}/hubspot/card", self.public_url)
        name = _digest("card", card)
        if await self._known([name]):
            return
        try:
            ask = hubspot_card.list_cards(self.paths, self.app_id)
            listed = await self.hubspot.as_developer(ask)
            found = hubspot_crm.parse_named_ids(listed.body, "title").get(hubspot_card.TITLE)
            if found is None:
                ask = hubspot_card.create_card(self.paths, self.app_id, card)
            else:
                ask = hubspot_card.update_card(self.paths, self.app_id, found, card)
            answer = await self.hubspot.as_developer(ask)
        except ProviderRefusedError as exc:
            if exc.status not in _SUNSET:
                raise
            log.info("card.not_offered", extra={"status": exc.status})
            return
        await self._save(name, hubspot_crm.parse_id(answer.body))

    async def _webhook(self) -> None:
        """Have HubSpot tell of who is forgotten, of who is merged, and of consents that change.

        Where it lets nobody set this up over its API, somebody has to in the app's own settings.
        """
        url, topics = f"{self.public_url}/hubspot/webhooks", hubspot_webhooks.TOLD_OF
        named = [f"{topic.kind} {topic.property}".strip() for topic in topics]
        name = _digest("webhook", {"url": url, "told": named})
        if await self._known([name]):
            return
        try:
            await self.hubspot.as_developer(hubspot_webhooks.point(self.paths, self.app_id, url))
            vendor_ids = await self._subscribe(topics)
        except ProviderRefusedError as exc:
            if exc.status not in _SUNSET:
                raise
            told = ", ".join(named)
            todo = f"subscribe the app to {told} in its settings at HubSpot, delivered to {url}"
            log.warning("webhook.not_offered", extra={"status": exc.status, "todo": todo})
            return
        await self._save(name, ",".join(vendor_ids))

    async def _subscribe(self, topics: Iterable[Topic]) -> list[str]:
        """Return HubSpot's ids of the subscriptions to ``topics``, which are there and active."""
        listed = await self.hubspot.as_developer(
            hubspot_webhooks.list_subscriptions(self.paths, self.app_id)
        )
        known = {one.topic: one for one in hubspot_webhooks.parse_subscriptions(listed.body)}
        return [await self._told(topic, known.get(topic)) for topic in topics]

    async def _told(self, topic: Topic, known: Subscription | None) -> str:
        if known is None:
            ask = hubspot_webhooks.subscribe(self.paths, self.app_id, topic)
            return hubspot_crm.parse_id((await self.hubspot.as_developer(ask)).body)
        if not known.active:
            ask = hubspot_webhooks.activate(self.paths, self.app_id, known.id)
            await self.hubspot.as_developer(ask)
        return known.id

    async def _known(self, names: list[str]) -> dict[str, str]:
        def read(tx: Connection) -> dict[str, str]:
            found = {name: installs.find_provision(tx, name) for name in names}
            return {name: vendor_id for name, vendor_id in found.items() if vendor_id is not None}

        return await self.database.run(read)

    async def _save(self, name: str, vendor_id: str) -> None:
        await self.database.run(lambda tx: installs.save_provision(tx, name, vendor_id))


def _digest(what: str, definition: Mapping[str, Any]) -> str:
    """Return a name that a changed definition changes, so that an unchanged one takes no call."""
    text = json.dumps(definition, sort_keys=True)
    return f"{what}:{hashlib.sha256(text.encode()).hexdigest()[:16]}"
