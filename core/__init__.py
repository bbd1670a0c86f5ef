"""The integration: install, send, follow up, STOP; point it at the vendors' hosts and it is the product."""
