"""The grammar of filters, one operator at a time."""

from typing import Any

import pytest

from tests.fakes.hubspot.automation.bodies import any_of, asks, branch, delay, flow, trigger
from tests.fakes.hubspot.world import World

DAY = {"timeType": "DATE", "year": 2026, "month": "NOVEMBER", "day": 23}
WEEK_AGO = {
    "timeType": "INDEXED",
    "indexReference": {"referenceType": "NOW"},
    "offset": {"days": -7},
}


@pytest.mark.parametrize(
    ("operation", "enters"),
    [
        (asks("city", "IS_EXACTLY", values=["Lyon"]), True),
        (asks("city", "IS_NOT_EXACTLY", values=["Lyon"]), False),
        (asks("city", "CONTAINS_ALL", values=["Lyon", "Nice"]), False),
        (asks("city", "DOES_NOT_CONTAIN_ALL", values=["Lyon", "Nice"]), True),
        (asks("city", "HAS_EVER_BEEN_ANY_OF", values=["Paris"]), True),
        (asks("city", "HAS_NEVER_BEEN_ANY_OF", values=["Paris"]), False),
        (asks("city", "HAS_EVER_CONTAINED", "STRING", value="ari"), True),
        (asks("zip", "IS_EQUAL_TO", "NUMBER", value=69000), True),
        (asks("zip", "IS_NOT_EQUAL_TO", "NUMBER", value=69000), False),
        (asks("zip", "IS_BETWEEN", "NUMBER_RANGED", lowerBound=1, upperBound=69000), True),
        (asks("zip", "IS_NOT_BETWEEN", "NUMBER_RANGED", lowerBound=1, upperBound=69000), False),
        (asks("zip", "IS_BETWEEN", "NUMBER_RANGED", lowerBound=70000, upperBound=80000), False),
        (asks("state", "IS_NONE_OF", values=["x"]), False),
        (asks("state", "IS_NONE_OF", values=["x"], includeObjectsWithNoValueSet=True), True),
        (asks("state", "IS_UNKNOWN", "ALL_PROPERTY"), True),
        (asks("createdate", "IS_AFTER", "TIME_POINT", timePoint=WEEK_AGO), True),
        (asks("createdate", "IS_BEFORE", "TIME_POINT", timePoint=WEEK_AGO), False),
        (asks("createdate", "IS_AFTER", "TIME_POINT", timePoint=DAY), True),
        (
            asks(
                "createdate",
                "IS_BETWEEN",
                "TIME_RANGED",
                lowerBoundTimePoint=DAY,
                upperBoundTimePoint={**DAY, "day": 24},
            ),
            True,
        ),
        (asks("createdate", "IS_EQUAL_TO", "DATE", year=2026, month="NOVEMBER", day=23), True),
        (asks("createdate", "IS_EQUAL_TO", "DATE", year=2026, month="NOVEMBER", day=24), False),
        (asks("createdate", "IS_LESS_THAN_X_DAYS_AGO", "ROLLING_DATE_RANGE", numberOfDays=1), True),
        (asks("city", "UPDATED_IN_LAST_X_DAYS", "ROLLING_PROPERTY_UPDATED", numberOfDays=1), True),
        (
            asks(
                "lastmodifieddate",
                "IS_BEFORE",
                "COMPARATIVE_DATE",
                comparisonPropertyName="createdate",
            ),
            False,
        ),
    ],
)
async def test_each_operation_decides_who_enters(
    installed: World, operation: dict[str, Any], enters: bool
) -> None:
    both = any_of(branch(asks("city", "IS_EQUAL_TO", "STRING", value="Lyon"), operation))
    body = flow(delay("1", 5), enrollmentCriteria=trigger(both))
    answer = await installed.api.post("/automation/v4/flows", json=body)
    assert answer.status_code == 201, answer.text
    contact = await installed.contact(email="a@x.fr", city="Paris", zip="69000.0")
    change = {"properties": {"city": "Lyon"}}
    await installed.api.patch(f"/crm/v3/objects/contacts/{contact}", json=change)
    assert bool(await installed.enrollments()) is enters


@pytest.mark.parametrize(
    "flawed",
    [
        {"filterType": "MOON"},
        {"filterType": "PROPERTY", "operation": {"operator": "IS_KNOWN"}},
        {"filterType": "PROPERTY", "property": "city"},
        {"filterType": "IN_LIST"},
        {"filterType": "INTEGRATION_EVENT"},
        asks("city", "IS_ODD"),
        asks("createdate", "IS_ANY_OF", "TIME_POINT"),
        asks("createdate", "IS_AFTER", "TIME_POINT"),
        asks("createdate", "IS_AFTER", "TIME_POINT", timePoint={"timeType": "SOON"}),
        asks("createdate", "IS_AFTER", "TIME_POINT", timePoint={**DAY, "month": "BRUMAIRE"}),
        asks("createdate", "IS_AFTER", "TIME_POINT", timePoint={**DAY, "zoneId": "Mars/Base"}),
        asks(
            "createdate",
            "IS_AFTER",
            "TIME_POINT",
            timePoint={**WEEK_AGO, "offset": {"days": 10**9}},
        ),
        asks(
            "createdate",
            "IS_AFTER",
            "TIME_POINT",
            timePoint={**WEEK_AGO, "offset": {"years": 90_000}},
        ),
        asks("createdate", "IS_LESS_THAN_X_DAYS_AGO", "ROLLING_DATE_RANGE", numberOfDays="1"),
    ],
)
async def test_a_filter_that_cannot_be_read_is_refused(
    installed: World, flawed: dict[str, Any]
) -> None:
    body = flow(delay("1", 5), enrollmentCriteria=trigger(any_of(branch(flawed))))
    answer = await installed.api.post("/automation/v4/flows", json=body)
    assert answer.status_code == 400
