"""What a person does in HubSpot's screens, as routes of JSON."""
