"""Every scenario of the feature files."""

from pytest_bdd import scenarios

scenarios(".")
