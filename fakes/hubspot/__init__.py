"""A HubSpot with portals, contacts, OAuth, workflows and timelines, in one process."""
