"""HubSpot's official clients, unmodified, against the served fake."""
