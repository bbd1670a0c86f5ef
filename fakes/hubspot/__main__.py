"""``python -m fakes.hubspot``: a HubSpot of its own on a loopback port."""

import sys

from fakes.hubspot.cli import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
