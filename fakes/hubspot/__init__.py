"""A HubSpot that runs here: accounts, apps, contacts, workflows and timeline."""
