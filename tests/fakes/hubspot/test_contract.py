"""The schemas: every route has one, every one is used, and they refuse what they must."""

import pytest

from fakes.hubspot.answering import NO_JSON
from fakes.hubspot.app import TABLE
from fakes.kit.schemas import MismatchError
from tests.fakes.hubspot.contract import SCHEMAS
from tests.fakes.hubspot.world import World


def test_every_route_names_a_schema_that_there_is() -> None:
    assert {r.answers for r in TABLE.routes} - {NO_JSON} <= SCHEMAS.names()


def test_every_schema_file_is_asked_for() -> None:
    files = {name for name in SCHEMAS.names() if "#" not in name}
    asked = {r.answers.partition("#")[0] for r in TABLE.routes} | {"errors"}
    assert files <= asked


@pytest.mark.parametrize("name", sorted({r.answers for r in TABLE.routes} - {NO_JSON, ""}))
def test_a_schema_refuses_a_bare_number(name: str) -> None:
    with pytest.raises(MismatchError):
        SCHEMAS.check(name, 1)


async def test_an_answer_that_is_not_what_its_schema_says_fails_the_test(world: World) -> None:
    world.portal.currency = "francs"
    await_details = world.api.get("/account-info/v3/details", headers=world.private())
    with pytest.raises(MismatchError, match="francs"):
        await await_details
