"""The world: starts the three parties, owns the clock, the seed, the network and the journal."""
