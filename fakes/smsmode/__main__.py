"""``python -m fakes.smsmode``: a smsmode of its own on a loopback port, or its magic numbers."""

import sys

from fakes.smsmode.cli import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
