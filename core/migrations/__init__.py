"""How the tables of an older release become those of this one; each file in versions is a step."""
