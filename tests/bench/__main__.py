"""Prints what things cost. Machines are noisy: read the ratios, and the medians."""

import logging
import sys

from tests.bench import campaign, durability, hubspot, loop, smsmode, start

PARTS = {
    "loop": loop.figures,
    "start": start.figures,
    "hubspot": hubspot.figures,
    "smsmode": smsmode.figures,
    "durability": durability.figures,
    "memory": durability.memory,
    "campaign": campaign.figures,
}


def main(wanted: list[str]) -> None:
    """Print the figures of the parts that were asked for, all of them by default."""
    # What the core says of the weather that a bench makes is no figure.
    logging.disable()
    for name, figures in PARTS.items():
        if wanted and name not in wanted:
            continue
        for what, how_much in figures():
            sys.stdout.write(f"{name:10} {what:60} {how_much:>12}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1:])
