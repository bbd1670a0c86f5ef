"""Furnishing a world: what the tutorial has one do by hand, done over HTTP as people do it."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import islice
from typing import Any

from sandbox.apps import actions_of, installed_apps
from sandbox.asking import Asking, FurnishingError, NoActionError, choose_account
from sandbox.browser import Browser
from sandbox.people import Person, draw_people
from sandbox.tutorial import (
    FLOW_NAME,
    SOURCE,
    TEXT,
    tutorial_flow,
    tutorial_form,
    tutorial_source,
)

CONTACTS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Furniture:
    """What a furnished world holds.

    Args:
        contact_ids: The contacts, in order.
        flow_id: The workflow.
        definition_id: The app's workflow action.
    """

    contact_ids: tuple[str, ...]
    flow_id: str
    definition_id: str


class Furnisher(Asking):
    """Does, one by one, what makes a world ready for its first SMS."""

    async def furnish(self, browser: Browser, *, seed: int, contacts: int = CONTACTS) -> Furniture:
        """Install, link, and make contacts and a published workflow.

        Args:
            browser: Whose browser consents.
            seed: Decides who the contacts are.
            contacts: How many there are.

        Raises:
            FurnishingError: A party refused something.
        """
        await self.install(browser)
        await self.link_keys()
        return await self.populate(seed=seed, contacts=contacts)

    async def populate(self, *, seed: int, contacts: int = CONTACTS) -> Furniture:
        """Make contacts and a published workflow, in an account that has an app.

        The workflow runs our own app's action, or that of another app where ours is not installed.
        What is there already is kept as it is, so that a try cut short is made good by another.

        Args:
            seed: Decides who the contacts are.
            contacts: How many there are.

        Raises:
            NoActionError: No installed app has published a workflow action; nothing is made.
            FurnishingError: HubSpot refused something.
        """
        action = await self._choose_action()
        if not await self.has_source():
            await self.create_source()
        contact_ids = await self.complete_contacts(seed, contacts)
        definition_id = str(action["id"])
        flow_id = await self.find_flow() or await self.create_flow(
            definition_id, fields=tutorial_form(action)
        )
        return Furniture(contact_ids=contact_ids, flow_id=flow_id, definition_id=definition_id)

    async def invite(self) -> str:
        """Return the install link that the operator gives to the smsmode account.

        Raises:
            FurnishingError: The integration refuses.
        """
        answer = await self.operate(
            "POST", "/operator/installs", {"account": self.identities.smsmode_account}
        )
        return str(answer["install_url"])

    async def install(self, browser: Browser) -> None:
        """Open the install link, sign in to HubSpot, choose the account and connect the app.

        Raises:
            FurnishingError: The installation did not go through.
        """
        identities = self.identities
        await browser.open(await self.invite())
        await browser.submit("Connexion", email=identities.email, password=identities.password)
        await choose_account(browser, identities.portal_id)
        page = await browser.submit("Connecter l'application")
        if "SUCCESS" not in page.text:
            step = "installing the app"
            raise FurnishingError(step, page.text)

    async def link_keys(self) -> None:
        """Link the two API keys, as the operator does at the end of an installation.

        Raises:
            FurnishingError: The integration refuses.
        """
        keys = self.identities.api_keys
        await self.operate(
            "PUT",
            f"/operator/accounts/{self.identities.portal_id}/keys",
            {"marketing": keys["marketing"], "notification": keys["notification"]},
        )

    async def has_source(self) -> bool:
        """Return whether contacts have the property *CAL_Autres Sources*.

        Raises:
            FurnishingError: HubSpot refuses.
        """
        answer = await self.hubspot("GET", "/crm/v3/properties/contacts")
        return any(found["name"] == SOURCE for found in answer["results"])

    async def complete_contacts(self, seed: int, count: int = CONTACTS) -> tuple[str, ...]:
        """Create those of the contacts drawn from ``seed`` that are missing; return all their ids.

        Raises:
            FurnishingError: HubSpot refuses.
        """
        people = list(islice(draw_people(seed), count))
        emails = [person.email for person in people]
        answer = await self.hubspot(
            "POST",
            "/crm/v3/objects/contacts/batch/read",
            {
                "idProperty": "email",
                "properties": ["email"],
                "inputs": [{"id": email} for email in emails],
            },
        )
        ids = {found["properties"]["email"]: str(found["id"]) for found in answer["results"]}
        missing = [person for person in people if person.email not in ids]
        ids |= await self._create(missing) if missing else {}
        return tuple(ids[email] for email in emails)

    async def find_flow(self, name: str = FLOW_NAME) -> str | None:
        """Return the id of the first workflow of that name, or ``None``.

        Raises:
            FurnishingError: HubSpot refuses.
        """
        answer = await self.hubspot("GET", "/automation/v4/flows")
        named = (str(flow["id"]) for flow in answer["results"] if flow.get("name") == name)
        return next(named, None)

    async def create_source(self) -> None:
        """Create the contact property *CAL_Autres Sources*.

        Raises:
            FurnishingError: HubSpot refuses.
        """
        await self.hubspot("POST", "/crm/v3/properties/contacts", tutorial_source())

    async def create_contacts(self, seed: int, count: int = CONTACTS) -> tuple[str, ...]:
        """Create contacts drawn from ``seed``, all marketing contacts, and return their ids.

        Raises:
            FurnishingError: HubSpot refuses.
        """
        people = list(islice(draw_people(seed), count))
        return tuple((await self._create(people)).values())

    async def _create(self, people: Sequence[Person]) -> dict[str, str]:
        """Create marketing contacts, and return their ids by email, in order."""
        answer = await self.hubspot(
            "POST",
            "/crm/v3/objects/contacts/batch/create",
            {"inputs": [{"properties": asdict(person)} for person in people]},
        )
        ids = {made["properties"]["email"]: str(made["id"]) for made in answer["results"]}
        ordered = {person.email: ids[person.email] for person in people}
        for contact_id in ordered.values():
            await self.set_marketing(contact_id)
        return ordered

    async def set_marketing(self, contact_id: str, *, value: bool = True) -> None:
        """Tick *Définissez ce contact comme contact marketing*, or untick it.

        Raises:
            FurnishingError: HubSpot refuses.
        """
        path = (
            f"/_control/hubspot/portals/{self.identities.portal_id}/contacts/{contact_id}/marketing"
        )
        await self.hubspot("POST", path, {"value": value})

    async def find_action(self) -> str:
        """Return the id of the workflow action of an app that the account has installed.

        Raises:
            NoActionError: None has published any.
        """
        return str((await self._choose_action())["id"])

    async def _choose_action(self) -> dict[str, Any]:
        """Return an installed app's action: our own app's, or else that of the first to have one."""
        apps = await installed_apps(self.hubspot, self.identities.portal_id)
        for app in sorted(apps, key=lambda app: app.id != self.identities.app_id):
            for action in await actions_of(self.hubspot, app):
                if action["published"]:
                    return action
        step, names = "finding the workflow action", ", ".join(app.name for app in apps)
        raise NoActionError(step, f"no installed app has published one ({names or 'none is'})")

    async def create_flow(
        self,
        definition_id: str,
        *,
        fields: Mapping[str, Any] | None = None,
        name: str = FLOW_NAME,
        is_enabled: bool = True,
        re_enroll: bool = True,
    ) -> str:
        """Create the tutorial's workflow, and return its id.

        Args:
            definition_id: The action that it runs.
            fields: What the action's form holds; a promotional SMS with ``TEXT`` when ``None``.
            name: What people call it.
            is_enabled: Whether it is published.
            re_enroll: Whether a contact may go through it again.

        Raises:
            FurnishingError: HubSpot refuses.
        """
        flow = tutorial_flow(
            definition_id,
            fields or {"type": "promotional", "text": TEXT},
            name=name,
            is_enabled=is_enabled,
            re_enroll=re_enroll,
        )
        answer = await self.hubspot("POST", "/automation/v4/flows", flow)
        return str(answer["id"])
