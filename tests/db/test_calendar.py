"""Jalali days agree with the official tables, and every typed day is read or refused."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from db import calendar
from db.calendar import (
    FIRST_DAY,
    FIRST_YEAR,
    LAST_DAY,
    LAST_YEAR,
    MONTHS,
    WEEKDAYS,
    add_months,
    days_in_month,
    days_in_year,
    from_jalali,
    from_parts,
    is_leap,
    jalali_parts,
    long_jalali,
    month_of,
    month_range,
    month_title,
    months_between,
    quarter_range,
    to_jalali,
    to_persian_date,
    today,
    weekday,
    weekday_name,
    year_range,
)
from db.text import to_persian_digits
from tests.vectors import VECTORS

JALALI = VECTORS["jalali"]
PAIRS = [pair for pair in JALALI["pairs"] if int(pair["jalali"][:4]) <= LAST_YEAR]
days = st.dates(FIRST_DAY, LAST_DAY)
years = st.integers(FIRST_YEAR, LAST_YEAR)


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair["jalali"])
def test_pairs(pair: dict[str, str]) -> None:
    day = date.fromisoformat(pair["gregorian"])
    assert to_jalali(day) == pair["jalali"]
    assert from_jalali(pair["jalali"]) == day
    assert weekday_name(day) == pair["weekday_fa"]


def test_leap_years() -> None:
    leaps = [year for year in range(1300, LAST_YEAR + 1) if is_leap(year)]
    assert leaps == JALALI["leap_years_1300_1500"]


def test_leap_years_are_those_of_the_33_year_rule_in_all_official_years() -> None:
    for year in range(FIRST_YEAR, LAST_YEAR + 1):
        assert is_leap(year) == ((25 * year + 11) % 33 < 8)


def test_five_year_gaps_of_the_official_table() -> None:
    leaps = [year for year in range(FIRST_YEAR, LAST_YEAR + 1) if is_leap(year)]
    late = {year for before, year in pairwise(leaps) if year - before == 5}
    official = set(JALALI["five_year_leaps_official"]) - {1210}  # 1205 is before the first year
    assert official <= late


@pytest.mark.parametrize("year", JALALI["nowruz_official_1395_1415"])
def test_nowruz(year: str) -> None:
    official = JALALI["nowruz_official_1395_1415"][year]
    assert year_range(int(year))[0] == date.fromisoformat(official)


@pytest.mark.parametrize("year", JALALI["qt_6_12_wrong"]["leap_year_differs"])
def test_years_qt_gets_wrong(year: int) -> None:
    assert is_leap(year) == (year in JALALI["leap_years_1300_1500"])


def test_every_day_of_the_official_years_follows_the_one_before() -> None:
    day, expected = FIRST_DAY, (FIRST_YEAR, 1, 1)
    while day <= LAST_DAY:
        assert jalali_parts(day) == expected
        year, month, number = expected
        if number < days_in_month(year, month):
            expected = (year, month, number + 1)
        else:
            expected = (year, month + 1, 1) if month < 12 else (year + 1, 1, 1)
        day += timedelta(days=1)
    assert expected == (LAST_YEAR + 1, 1, 1)


@given(days, st.sampled_from(["{}/{}/{}", "{}-{}-{}", "{}/{:02}/{:02}", " {}/{}/{}\u200f "]))
def test_a_day_is_read_as_it_was_written(day: date, form: str) -> None:
    assert from_jalali(to_jalali(day)) == day
    assert from_jalali(to_persian_date(day)) == day
    assert from_jalali(to_persian_digits(form.format(*jalali_parts(day)))) == day
    assert from_parts(*jalali_parts(day)) == day


@given(days, days)
def test_written_days_sort_as_the_days_do(one: date, other: date) -> None:
    assert (to_jalali(one) < to_jalali(other)) == (one < other)


@pytest.mark.parametrize(
    "typed",
    ["1402/5/3", "1402-05-03", "۱۴۰۲/۰۵/۰۳", "١٤٠٢/٥/٣", " 1402/05/03 ", "\u200f۱۴۰۲/۵/۳\u200e"],
)
def test_forms_in_which_a_day_is_typed(typed: str) -> None:
    assert from_jalali(typed) == date(2023, 7, 25)


@pytest.mark.parametrize(
    "typed",
    [
        *JALALI["invalid"],
        *("", "1402", "1402/05", "02/05/03", "402/5/3", "1402/5/03/1", "1402/5-3", "1402 5 3"),
        *(
            "۱۴۰۲/۱۲/۳۰",
            "1402/0/1",
            "1402/1/0",
            "1402/7/31",
            "1402/005/03",
            "+1402/5/3",
            "14020503",
        ),
        *(
            "2024-03-19",
            "1205/12/29",
            "1499/01/01",
            "0000/01/01",
            "9999/12/29",
            "1402/٥/x",
            "²402/1/1",
        ),
        *("1402/5/3\n4", "1402/5/3 12:00", "تیر ۱۴۰۲", "1_02/1/1"),
    ],
)
def test_what_is_not_a_day(typed: str) -> None:
    with pytest.raises(ValueError, match=r"Jalali|day|month|year"):
        from_jalali(typed)


@given(st.text(max_size=12) | st.from_regex(r"[0-9۰-۹]{4}[/-][0-9]{1,2}[/-][0-9]{1,2}"))
def test_any_text_is_a_day_or_a_value_error(typed: str) -> None:
    try:
        day = from_jalali(typed)
    except ValueError:
        return
    assert FIRST_DAY <= day <= LAST_DAY


@pytest.mark.parametrize(
    "day", [FIRST_DAY - timedelta(1), LAST_DAY + timedelta(1), date.min, date.max]
)
def test_days_beyond_the_official_years_are_refused(day: date) -> None:
    with pytest.raises(ValueError, match="outside"):
        to_jalali(day)


@pytest.mark.parametrize("year", [FIRST_YEAR - 1, LAST_YEAR + 1, 0, -5, 10**9])
def test_years_beyond_the_official_ones_are_refused(year: int) -> None:
    for wanted in (is_leap, days_in_year, year_range):
        with pytest.raises(ValueError, match="outside"):
            wanted(year)


def test_days_shown() -> None:
    deadline = date.fromisoformat(VECTORS["figures"]["deadline_gregorian"])
    assert to_jalali(deadline) == VECTORS["figures"]["deadline_jalali"]
    assert to_persian_date(deadline) == "۱۴۰۲/۱۲/۲۹"
    assert long_jalali(deadline) == "۲۹ اسفند ۱۴۰۲"
    assert long_jalali(date(2023, 7, 25)) == "۳ مرداد ۱۴۰۲"
    assert weekday_name(deadline) == VECTORS["figures"]["deadline_weekday_fa"]
    assert month_title(month_of(deadline)) == "اسفند ۱۴۰۲"


def test_names() -> None:
    assert list(MONTHS) == JALALI["month_names"]
    assert WEEKDAYS[0] == "شنبه"
    assert len(WEEKDAYS) == 7


@given(days)
def test_weekdays_begin_on_saturday(day: date) -> None:
    assert weekday(day) == {5: 0, 6: 1}.get(day.weekday(), day.weekday() + 2)


@pytest.mark.parametrize("case", JALALI["add_months_clamped"], ids=str)
def test_months_added(case: dict[str, object]) -> None:
    start, months = str(case["start"]), int(str(case["months"]))
    assert to_jalali(add_months(from_jalali(start), months)) == case["result"]


def test_due_days_are_counted_from_the_anchor() -> None:
    case = JALALI["due_dates_from_anchor"]
    anchor = from_jalali(case["anchor"])
    due = [to_jalali(add_months(anchor, n)) for n in range(len(case["anchored"]))]
    assert due == case["anchored"]


@given(days, st.integers(-240, 240))
def test_months_added_agree_with_a_walk_month_by_month(day: date, months: int) -> None:
    year, month, number = jalali_parts(day)
    for _ in range(
        abs(months)
    ):  # the slow way: one month after another, the day of the anchor kept
        month += 1 if months > 0 else -1
        if month in (0, 13):
            year, month = (year + 1, 1) if month == 13 else (year - 1, 12)
    assume(FIRST_YEAR <= year <= LAST_YEAR)
    while number > days_in_month(year, month):
        number -= 1
    assert jalali_parts(add_months(day, months)) == (year, month, number)


@given(days)
def test_no_months_added_is_the_same_day(day: date) -> None:
    assert add_months(day, 0) == day


@pytest.mark.parametrize("months", [1, 10**6, -(10**6), 10**30])
def test_months_added_beyond_the_calendar_are_refused(months: int) -> None:
    with pytest.raises(ValueError, match="outside"):
        add_months(LAST_DAY, months)


@given(years)
def test_months_quarters_and_years_tile_the_days(year: int) -> None:
    first, last = year_range(year)
    assert (last - first).days + 1 == days_in_year(year)
    for ranges in (
        [month_range(year, month) for month in range(1, 13)],
        [quarter_range(year, quarter) for quarter in range(1, 5)],
    ):
        assert ranges[0][0] == first
        assert ranges[-1][1] == last
        for (_, end), (start, _) in pairwise(ranges):
            assert start - end == timedelta(days=1)


def test_month_lengths() -> None:
    assert [days_in_month(1402, month) for month in range(1, 13)] == [
        *JALALI["month_days"][:11],
        29,
    ]
    assert days_in_month(1403, 12) == 30


@pytest.mark.parametrize("month", [0, 13, -1])
def test_there_is_no_such_month(month: int) -> None:
    with pytest.raises(ValueError, match="month"):
        days_in_month(1402, month)


@pytest.mark.parametrize("quarter", [0, 5])
def test_there_is_no_such_quarter(quarter: int) -> None:
    with pytest.raises(ValueError, match="quarter"):
        quarter_range(1402, quarter)


def test_months_between() -> None:
    first, last = from_jalali("1402/11/30"), from_jalali("1403/02/01")
    assert months_between(first, last) == [(1402, 11), (1402, 12), (1403, 1), (1403, 2)]
    assert months_between(first, first) == [(1402, 11)]
    assert months_between(last, first) == []


@given(days, days)
def test_months_between_holds_each_month_once(one: date, other: date) -> None:
    months = months_between(min(one, other), max(one, other))
    assert months == sorted(set(months))
    assert (months[0], months[-1]) == (month_of(min(one, other)), month_of(max(one, other)))


def test_today_is_the_day_of_the_local_clock() -> None:
    before = datetime.now().astimezone().date()
    assert before <= today() <= datetime.now().astimezone().date()
    assert re.fullmatch(r"\d{4}/\d\d/\d\d", to_jalali(calendar.today()))
