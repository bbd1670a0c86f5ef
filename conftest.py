"""What the tests and the scenarios share: the databases that they run on."""

pytest_plugins = ["tests.databases"]
