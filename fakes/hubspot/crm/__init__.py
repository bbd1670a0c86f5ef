"""Contacts, their properties, and how they are read, written and searched."""
