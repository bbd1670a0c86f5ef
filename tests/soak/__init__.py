"""Every fault at once, for long: at the end the three ledgers agree."""
