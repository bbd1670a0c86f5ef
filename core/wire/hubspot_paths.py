"""HubSpot's paths in each edition: the same operations under other names.

Source: HubSpot developer docs, "API versioning"; the v1 to v4 paths end in 2027.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Paths:
    """Where each operation lives."""

    token: str
    introspection: str
    account: str
    contacts: str
    properties: str
    actions: str
    callbacks: str
    event_templates: str
    events_batch: str
    uninstall: str
    cards: str
    webhooks: str


LEGACY = Paths(
    token="/oauth/v1/token",  # noqa: S106 - a path
    introspection="/oauth/v1/access-tokens",
    account="/account-info/v3/details",
    contacts="/crm/v3/objects/contacts",
    properties="/crm/v3/properties/contacts",
    actions="/automation/v4/actions",
    callbacks="/automation/v4/actions/callbacks/complete",
    event_templates="/integrators/timeline/v3/{app_id}/event-templates",
    events_batch="/integrators/timeline/v3/events/batch/create",
    uninstall="/appinstalls/v3/external-install",
    cards="/crm/v3/extensions/cards-dev",
    webhooks="/webhooks/v3",
)

DATED = Paths(
    token="/oauth/2026-03/token",  # noqa: S106 - a path
    introspection="/oauth/2026-03/token/introspect",
    account="/account-info/2026-03/details",
    contacts="/crm/objects/2026-03/contacts",
    properties="/crm/properties/2026-03/contacts",
    actions="/automation/actions/2026-03",
    callbacks="/automation/actions/callbacks/2026-03/complete",
    # Timeline templates have no dated edition: app events replace them for apps built as projects.
    event_templates="/integrators/timeline/v3/{app_id}/event-templates",
    events_batch="/integrators/timeline/v3/events/batch/create",
    uninstall="/appinstalls/2026-03/external-install",
    cards="/crm/extensions/cards-dev/2026-03",
    webhooks="/webhooks/2026-03",
)
