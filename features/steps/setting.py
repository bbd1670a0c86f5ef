"""What the operator has set, by the names and in the words of the environment."""

from pytest_bdd import given, parsers

from core.environment import VARIABLES
from features.stage import Stage


@given(parsers.parse('an integration with {name} set to "{value}"'))
def integration_with(stage: Stage, name: str, value: str) -> None:
    ((setting, variable),) = [each for each in VARIABLES.items() if each[1].name == name]
    stage.settings[setting] = variable.read(value)
