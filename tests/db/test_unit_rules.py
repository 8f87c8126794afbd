"""Each rule of a unit: the smallest value that breaks it, and the nearest that does not."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db import calendar
from db.models import Unit
from db.rules.columns import check_columns, default_value, is_required, max_length
from db.rules.common import check_order, check_range
from db.rules.units import MOST_JOBS, check_unit
from tests.db.making import DAY, told, unit_values

if TYPE_CHECKING:
    from db.errors import Violation

ONE_DAY = timedelta(days=1)
TODAY = date(2024, 3, 19)


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calendar, "today", lambda: TODAY)


def found(**values: Any) -> list[tuple[str, str]]:
    return told(check_unit(unit_values(**values)))


def one(**values: Any) -> Violation:
    (violation,) = check_unit(unit_values(**values))
    return violation


def test_a_plain_unit_is_good() -> None:
    assert found() == []


@pytest.mark.parametrize(
    "name", ["name", "county_id", "found_state", "found_jobs", "registered_on"]
)
def test_what_is_required(name: str) -> None:
    assert found(**{name: None}) == [(name, "required")]
    assert found(**{name: ""})[0] == (name, "required") if name == "name" else True


@pytest.mark.parametrize(
    "name",
    ["owner", "manager", "mobile", "phone", "address", "product", "licence_no", "note", "estate_id",
     "industry_id", "group_id", "licence_on", "stagnant_since", "found_capacity", "latitude",
     "longitude", "nominal_capacity", "national_code", "legal_national_id", "postal_code"],
)  # fmt: skip
def test_what_may_stay_empty(name: str) -> None:
    empty = default_value(Unit.__table__.columns[name])
    assert found(**{name: empty}) == []


def test_no_jobs_is_not_an_empty_field() -> None:
    assert found(found_jobs=0) == []


@pytest.mark.parametrize(
    ("name", "longest"),
    [("name", 120), ("owner", 120), ("manager", 120), ("product", 120), ("address", 300),
     ("note", 2000), ("capacity_measure", 120), ("found_state", 40)],
)  # fmt: skip
def test_the_longest_text(name: str, longest: int) -> None:
    assert found(**{name: "ی" * longest}) == []
    violation = one(**{name: "ی" * (longest + 1)})
    assert (violation.field, violation.code) == (name, "too_long")
    assert violation.detail == (longest,)


@pytest.mark.parametrize("name", ["registration_no", "sso_workshop_code", "licence_no"])
def test_the_longest_number(name: str) -> None:
    assert found(**{name: "1" * 30}) == []
    assert found(**{name: "1" * 31}) == [(name, "too_long")]


@pytest.mark.parametrize(
    ("name", "least", "most", "step"),
    [
        ("found_jobs", 0, MOST_JOBS, 1),
        ("found_capacity", 0, 100, 1),
        ("nominal_capacity", Decimal(0), Decimal(10**8 - 1), Decimal("0.000001")),
        ("latitude", Decimal(24), Decimal(40), Decimal("0.000001")),
        ("longitude", Decimal(44), Decimal(64), Decimal("0.000001")),
    ],
)
def test_ranges(name: str, least: Any, most: Any, step: Any) -> None:
    whole = {"found_state": "semi_stagnant"}
    for good in (least, most, (least + most) / 2 if step != 1 else (least + most) // 2):
        assert found(**whole, **{name: good}) == []
    assert one(**whole, **{name: least - step}).code == "too_small"
    assert one(**whole, **{name: least - step}).detail == (least,)
    assert one(**whole, **{name: most + step}).code == "too_large"
    assert one(**whole, **{name: most + step}).detail == (most,)


@pytest.mark.parametrize(
    ("name", "good", "bad", "code"),
    [
        ("national_code", "0790419904", "0790419903", "bad_national_code"),
        ("national_code", "0790419904", "790419904", "bad_national_code"),
        ("legal_national_id", "14007650912", "14007650913", "bad_legal_national_id"),
        ("legal_national_id", "14007650912", "1400765091", "bad_legal_national_id"),
        ("postal_code", "7134567890", "7104567890", "bad_postal_code"),
        ("postal_code", "7134567890", "713456789", "bad_postal_code"),
        ("mobile", "09171234567", "0917123456", "bad_mobile"),
        ("mobile", "09171234567", "07132123456", "bad_mobile"),
        ("phone", "07132123456", "0713212345", "bad_landline"),
        ("phone", "07132123456", "09171234567", "bad_landline"),
        ("economic_no", "14007650912", "140076509123", "bad_economic_no"),
        ("economic_no", "12345678901234", "1234567890123", "bad_economic_no"),
        ("registration_no", "12/34-5", "12.34", "bad_number_text"),
        ("sso_workshop_code", "1234567890", "123456789A", "bad_number_text"),
        ("licence_no", "1401/12-7", "۱۴۰۱/۱۲", "bad_number_text"),
        ("licence_no", "1401/12-7", "1401 12", "bad_number_text"),
        ("licence_no", "1401/12-7", "=1+1", "bad_number_text"),
    ],
)
def test_forms(name: str, good: str, bad: str, code: str) -> None:
    assert found(**{name: good}) == []
    assert found(**{name: bad}) == [(name, code)]


@pytest.mark.parametrize("name", ["registered_on", "stagnant_since", "licence_on"])
def test_no_day_is_in_the_future(name: str) -> None:
    base = {"registered_on": TODAY}
    assert found(**{**base, name: TODAY}) == []
    assert (name, "future") in found(**{**base, name: TODAY + ONE_DAY})
    assert found(**{**base, name: TODAY - ONE_DAY}) == []


def test_a_unit_is_registered_from_its_stagnation_on() -> None:
    assert found(stagnant_since=DAY) == []
    violation = one(stagnant_since=DAY + ONE_DAY)
    assert (violation.field, violation.code) == ("registered_on", "before_stagnant_since")
    assert violation.detail == (DAY + ONE_DAY,)


def test_a_stagnant_unit_with_capacity_is_wondered_at() -> None:
    assert found(found_state="stagnant", found_capacity=0) == []
    assert found(found_state="semi_stagnant", found_capacity=1) == []
    assert found(found_state="stagnant", found_capacity=1) == [
        ("found_capacity", "?stagnant_with_capacity")
    ]


def test_every_complaint_is_made_at_once() -> None:
    assert found(name="", found_jobs=-1, mobile="1", found_capacity=101) == [
        ("name", "required"),
        ("mobile", "bad_mobile"),
        ("found_jobs", "too_small"),
        ("found_capacity", "too_large"),
        ("found_capacity", "?stagnant_with_capacity"),
    ]


# what a column says


def test_what_a_column_says() -> None:
    columns = Unit.__table__.columns
    required = {column.name for column in columns if is_required(column)}
    assert required == {
        "id", "code", "name", "county_id", "found_state", "found_jobs", "registered_on", "version",
    }  # fmt: skip
    assert (max_length(columns["note"]), max_length(columns["found_jobs"])) == (2000, None)
    assert default_value(columns["sector"]) == "industry"
    assert default_value(columns["name"]) is None


def test_values_that_are_no_columns_are_passed_over() -> None:
    assert list(check_columns(Unit, {"bank_code": None, "nonsense": "x" * 9999})) == []


# ranges and orders, for any value

numbers = st.integers(-(10**6), 10**6)
days = st.dates(date(1990, 1, 1), date(2050, 1, 1))


@given(numbers, numbers, numbers)
def test_a_range_is_kept_to_the_number(value: int, one_end: int, other_end: int) -> None:
    least, most = sorted((one_end, other_end))
    codes = [v.code for v in check_range({"x": value}, "x", least, most)]
    expected = ["too_small"] * (value < least) + ["too_large"] * (value > most)
    assert codes == expected


@given(st.none() | days, st.none() | days)
def test_an_order_is_kept_to_the_day(first: date | None, second: date | None) -> None:
    broken = first is not None and second is not None and second < first
    codes = told(check_order({"a": first, "b": second}, "a", "b", "wrong"))
    assert codes == ([("b", "wrong")] if broken else [])
