"""Phone numbers: what is computed is what the numbering plans say, however fast it is read."""

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fakes.hubspot.crm.phones import compute

E164 = phonenumbers.PhoneNumberFormat.E164
CODES = sorted(phonenumbers.COUNTRY_CODE_TO_REGION_CODE)


@given(code=st.sampled_from(CODES), rest=st.from_regex(r"[0-9]{6,12}", fullmatch=True))
def test_a_plain_number_is_read_as_its_plan_reads_it(code: int, rest: str) -> None:
    plain = compute({"phone": f"+{code}{rest}"}, "FR")
    assert plain == compute({"phone": f"+{code} {rest}"}, "FR")


@given(code=st.sampled_from(CODES), rest=st.from_regex(r"[0-9]{6,12}", fullmatch=True))
def test_the_area_code_is_as_long_as_the_plan_says(code: int, rest: str) -> None:
    number = phonenumbers.PhoneNumber(country_code=code, national_number=int(rest))
    computed = compute({"phone": phonenumbers.format_number(number, E164)}, "FR")
    if computed["hs_calculated_phone_number"]:
        read = phonenumbers.parse(computed["hs_calculated_phone_number"])
        length = phonenumbers.length_of_geographical_area_code(read)
        assert len(computed["hs_calculated_phone_number_area_code"]) == length


@pytest.mark.parametrize(
    "typed", ["06 12 34 56 78", "+33612345678", "0033 6 12 34 56 78", "+330612345678"]
)
def test_the_ways_of_writing_a_number_come_to_the_same(typed: str) -> None:
    computed = compute({"phone": typed}, "FR")
    assert computed["hs_calculated_phone_number"] == "+33612345678"
    assert computed["hs_calculated_phone_number_country_code"] == "33"
