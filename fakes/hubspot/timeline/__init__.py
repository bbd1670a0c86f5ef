"""What apps write on a contact's timeline."""
