"""What the two fakes share: time, ids, routes, exchanges and the way out."""
