"""Classes and penalties: the worked examples, then every day counted on its own."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from math import floor
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.calendar import FIRST_DAY, add_months, days_in_year, from_jalali, jalali_parts
from db.rules.arrears import (
    AGE_MONTHS,
    CLASS_OF_AGE,
    CLASSES,
    age,
    cutoffs,
    days_late,
    last_over,
    loan_class,
    penalty,
    penalty_between,
    penalty_of,
)
from desktop.choices import LOAN_CLASS
from tests.vectors import VECTORS

CASES = VECTORS["loan_classification"]["cases"]
DAYS = st.dates(date(2015, 1, 1), date(2035, 1, 1))
ONE_DAY = timedelta(days=1)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['due']}-{case['as_of']}")
def test_the_worked_examples_of_classes(case: dict[str, Any]) -> None:
    due_on, as_of = from_jalali(case["due"]), from_jalali(case["as_of"])
    assert (as_of - due_on).days == case["days"]
    assert LOAN_CLASS.show(loan_class(due_on, as_of)) == case["class_fa"]


@given(DAYS)
def test_each_class_begins_the_day_after_its_months(due_on: date) -> None:
    assert loan_class(due_on, due_on - ONE_DAY) == "current"
    for months, before, after in zip((2, 6, 18), CLASSES[:-1], CLASSES[1:], strict=True):
        end = add_months(due_on, months)
        assert loan_class(due_on, end) == before
        assert loan_class(due_on, end + ONE_DAY) == after


@given(DAYS, st.integers(0, 700))
def test_the_cutoffs_are_the_classes(as_of: date, before: int) -> None:
    found = cutoffs(as_of)
    for due_on in (as_of - timedelta(days=before), *found, *(day + ONE_DAY for day in found)):
        place = sum(1 for cutoff in found if due_on <= cutoff)
        assert loan_class(due_on, as_of) == CLASSES[place]


@given(DAYS, st.integers(-60, 2000))
def test_an_age_is_counted_in_months_and_is_of_one_class(due_on: date, late: int) -> None:
    as_of = due_on + timedelta(days=late)
    found = age(due_on, as_of)
    assert CLASS_OF_AGE[found] == loan_class(due_on, as_of)
    over = [word for word, months in AGE_MONTHS.items() if as_of > add_months(due_on, months)]
    assert over == list(AGE_MONTHS)[: len(over)]
    assert found == (over[-1] if over else "on_time")


def test_before_the_calendar_nothing_fell_due() -> None:
    assert last_over(FIRST_DAY, 36) == date.min
    assert age(FIRST_DAY, FIRST_DAY) == "on_time"


@pytest.mark.parametrize("case", VECTORS["loans"]["penalty"], ids=lambda case: case["penalty"])
def test_the_worked_examples_of_penalties(case: dict[str, Any]) -> None:
    amount, rate = case["overdue_amount"], case["penalty_rate"]
    assert penalty(amount, rate, case["days"], case["day_basis"]) == case["penalty"]
    year = next(year for year in (1402, 1403) if days_in_year(year) == case["day_basis"])
    due_on = from_jalali(f"{year}/01/15")
    until = due_on + timedelta(days=case["days"])
    assert penalty_between(amount, rate, due_on, until) == case["penalty"]


@given(DAYS, st.integers(0, 900), st.integers(0, 10**12), st.fractions(0, 40))
def test_each_day_is_of_its_own_year(due_on: date, late: int, amount: int, rate: Fraction) -> None:
    days = [due_on + timedelta(days=n) for n in range(1, late + 1)]
    years = [days_in_year(jalali_parts(day)[0]) for day in days]
    until = due_on + timedelta(days=late)
    assert days_late(due_on, until) == (years.count(365), years.count(366))
    exact = sum((amount * rate / 100 / year for year in years), Fraction(0))
    assert penalty_between(amount, rate, due_on, until) == floor(exact + Fraction(1, 2))
    assert penalty_of(rate, amount * years.count(365), amount * years.count(366)) == (
        penalty_between(amount, rate, due_on, until)
    )


def test_before_its_day_nothing_is_late() -> None:
    day = from_jalali("1402/12/29")
    assert days_late(day, day) == days_late(day, day - ONE_DAY) == (0, 0)
    assert days_late(day, day + ONE_DAY) == (0, 1)  # the first day of 1403, a leap year
    assert penalty_between(100, 36500, day, day) == 0
