"""The CRM: contacts, properties, lists."""
