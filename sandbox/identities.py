"""The test identities: who exists in every world, and with which keys; the seed decides them."""

from dataclasses import dataclass
from typing import Any

from sandbox.addresses import Addresses


@dataclass(frozen=True, slots=True, kw_only=True)
class Identities:
    """What a script needs to act in a world.

    Args:
        portal_id: The HubSpot account.
        app_id: The HubSpot app.
        client_id: The app's OAuth client id.
        client_secret: The app's client secret, which signs HubSpot's calls.
        developer_key: The developer account's key.
        access_token: A private app's token of the account, which does not expire.
        email: A HubSpot user who may install apps.
        password: Their password.
        smsmode_account: The smsmode organisation's name.
        api_keys: smsmode's keys: ``marketing``, ``notification``, ``admin``.
        operator_token: What the integration's operator routes ask for.
        vault_key: What the integration encrypts with.
    """

    portal_id: int
    app_id: int
    client_id: str
    client_secret: str
    developer_key: str
    access_token: str
    email: str
    password: str
    smsmode_account: str
    api_keys: dict[str, str]
    operator_token: str
    vault_key: str

    def ready_line(self, addresses: Addresses) -> dict[str, Any]:
        """Return what ``make sandbox ARGS=--json`` prints; scripts depend on its shape."""
        return {
            "console": addresses.console,
            "hubspot": {
                "api": addresses.hubspot_api,
                "app": addresses.hubspot_app,
                "portal_id": self.portal_id,
                "app_id": self.app_id,
                "client_id": self.client_id,
                "client_secret": self.client_secret,
                "developer_key": self.developer_key,
                "access_token": self.access_token,
            },
            "smsmode": {
                "api": addresses.smsmode_api,
                "ui": addresses.smsmode_ui,
                "api_keys": self.api_keys,
            },
            "integration": addresses.integration,
        }

    def all(self, addresses: Addresses) -> dict[str, Any]:
        """Return the ready line, with who signs in to HubSpot and the operator's token beside it.

        ``hubspot.user`` has their ``email`` and ``password``, ``smsmode.account`` the account's
        name; ``operator_token`` opens the integration's operator routes.
        """
        line = self.ready_line(addresses)
        return {
            **line,
            "hubspot": {
                **line["hubspot"],
                "user": {"email": self.email, "password": self.password},
            },
            "smsmode": {**line["smsmode"], "account": self.smsmode_account},
            "operator_token": self.operator_token,
        }
