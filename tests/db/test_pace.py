"""The article's figures come out, and the forecast, the plan and the one word agree."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.calendar import LAST_DAY, from_jalali
from db.rules.pace import (
    Projection,
    days_left,
    outlook,
    pace_per_day,
    plan_line,
    project,
    required_per_30_days,
)
from tests.vectors import VECTORS

FIGURES = VECTORS["figures"]
DEADLINE = from_jalali(FIGURES["deadline_jalali"])
START = from_jalali("1402/01/01")
TARGET = FIGURES["target_total"]

days = st.dates(date(1990, 1, 1), date(2060, 1, 1))
counts = st.integers(0, 1000)


@pytest.mark.parametrize("case", FIGURES["progress_cases"], ids=lambda case: case["as_of_jalali"])
def test_what_remains_and_the_pace_needed(case: dict[str, Any]) -> None:
    today = from_jalali(case["as_of_jalali"])
    assert days_left(today, DEADLINE) == case["days_left_inclusive"]
    needed = required_per_30_days(case["remaining"], today, DEADLINE)
    assert needed == pytest.approx(case["required_per_30_days"], abs=5e-5)


@pytest.mark.parametrize("case", FIGURES["forecast_cases"], ids=lambda case: case["to_count"])
def test_forecasts(case: dict[str, Any]) -> None:
    first, last = from_jalali(case["from_"]), from_jalali(case["to"])
    pace = pace_per_day(case["from_count"], first, case["to_count"], last)
    assert pace == Fraction(case["to_count"] - case["from_count"], case["days"])
    found = project(first, case["from_count"], last, case["to_count"], TARGET, DEADLINE)
    assert found.pace_per_30_days == pytest.approx(case["pace_per_day"] * 30)
    assert found.projected_at_deadline == case["projected_at_deadline_floor"]
    assert found.meets_target == case["meets_target"]
    expected = case["projected_date_for_400"]
    assert found.forecast_date == (date.fromisoformat(expected) if expected else None)


def test_no_days_left_and_nothing_left_to_do() -> None:
    late = DEADLINE + timedelta(days=1)
    assert days_left(late, DEADLINE) == 0
    assert required_per_30_days(290, late, DEADLINE) is None
    assert required_per_30_days(0, late, DEADLINE) == 0
    assert required_per_30_days(-5, START, DEADLINE) == 0


def test_no_pace_without_days() -> None:
    assert pace_per_day(110, START, 170, START) is None
    assert pace_per_day(110, START, 170, START - timedelta(days=1)) is None
    assert pace_per_day(170, START, 110, START + timedelta(days=30)) == -2


@pytest.mark.parametrize(
    ("as_of", "units", "word", "projection"),
    [
        ("1401/12/29", 110, "no_baseline_yet", Projection(None, None, None, None)),
        ("1402/01/01", 110, "not_started", Projection(None, None, None, None)),
        ("1402/01/01", 400, "reached", Projection(None, None, None, True)),
        ("1402/01/31", 110, "no_pace", Projection(0.0, 110, None, False)),
        ("1402/01/31", 50, "no_pace", Projection(-60.0, 0, None, False)),
        ("1402/01/31", 140, "on_track", Projection(30.0, 474, date(2024, 1, 5), True)),
        ("1402/01/31", 111, "behind", Projection(1.0, 122, date(2047, 1, 14), False)),
        ("1402/07/01", 400, "reached", Projection(290 / 6.2, 677, None, True)),
        ("1402/12/29", 300, "behind", Projection(190 / 364 * 30, 300, date(2024, 9, 27), False)),
        ("1403/01/01", 300, "missed", Projection(190 / 365 * 30, None, date(2024, 9, 29), None)),
        ("1403/01/01", 110, "missed", Projection(0.0, None, None, None)),
        ("1403/01/01", 410, "reached", Projection(300 / 365 * 30, None, None, None)),
    ],
)
def test_each_stand_of_the_programme(
    as_of: str, units: int, word: str, projection: Projection
) -> None:
    case = (START, 110, from_jalali(as_of), units, TARGET, DEADLINE)
    found = project(*case)
    assert outlook(*case) == word
    assert found.pace_per_30_days == pytest.approx(projection.pace_per_30_days)
    assert found.projected_at_deadline == projection.projected_at_deadline
    assert found.forecast_date == projection.forecast_date
    assert found.meets_target is projection.meets_target


def test_a_forecast_beyond_the_calendar_is_none() -> None:
    slow = project(START, 0, START + timedelta(days=300), 1, 10**9, DEADLINE)
    assert slow.forecast_date is None
    assert slow.projected_at_deadline == 1
    edge = LAST_DAY - timedelta(days=1)
    assert project(edge - timedelta(1), 0, edge, 1, 2, DEADLINE).forecast_date == LAST_DAY
    assert project(edge - timedelta(1), 0, edge, 1, 3, DEADLINE).forecast_date is None


@given(days, counts, days, counts, counts, days)
def test_no_case_breaks_and_all_answers_agree(
    baseline_on: date, baseline: int, as_of: date, units: int, target: int, deadline: date
) -> None:
    case = (baseline_on, baseline, as_of, units, target, deadline)
    found, word = project(*case), outlook(*case)
    assert (found.pace_per_30_days is None) == (as_of <= baseline_on)
    if found.projected_at_deadline is not None and found.forecast_date is not None:
        assert found.meets_target == (found.forecast_date <= deadline)
    if found.forecast_date is not None:
        assert found.forecast_date > as_of
    if word in ("on_track", "behind"):
        assert found.meets_target is (word == "on_track")
        on_plan = units >= plan_line(baseline_on, baseline, deadline, target, as_of)
        assert on_plan is (word == "on_track")


@given(days, counts, st.integers(1, 3000), st.integers(1, 500), st.integers(1, 1000))
def test_the_forecast_is_the_first_day_the_pace_reaches_the_target(
    baseline_on: date, baseline: int, passed: int, gained: int, remaining: int
) -> None:
    as_of, units = baseline_on + timedelta(passed), baseline + gained
    case = (baseline_on, baseline, as_of, units, units + remaining, as_of)
    forecast = project(*case).forecast_date
    if forecast is not None:
        pace = Fraction(gained, passed)
        ahead = (forecast - as_of).days
        assert units + pace * ahead >= units + remaining > units + pace * (ahead - 1)


def test_the_plan_is_straight_and_level_outside() -> None:
    plan = (START, 110, DEADLINE, TARGET)
    assert plan_line(*plan, START - timedelta(days=9)) == 110
    assert plan_line(*plan, START) == 110
    assert plan_line(*plan, DEADLINE) == 400
    assert plan_line(*plan, DEADLINE + timedelta(days=9)) == 400
    assert plan_line(*plan, START + timedelta(days=182)) == 110 + Fraction(290, 2)


def test_the_plan_goes_through_its_milestones() -> None:
    plan = (START, 110, DEADLINE, TARGET)
    middle = START + timedelta(days=100)
    steps = [(middle, 160), (START, 5), (DEADLINE, 6), (DEADLINE + timedelta(1), 7)]
    assert plan_line(*plan, middle, steps) == 160
    assert plan_line(*plan, START + timedelta(days=50), steps) == 135
    assert plan_line(*plan, START, steps) == 110
    assert plan_line(*plan, DEADLINE, steps) == 400
    assert plan_line(*plan, DEADLINE - timedelta(days=1), steps) == 400 - Fraction(240, 264)


@given(days, counts, days, counts, days, st.lists(st.tuples(days, counts), max_size=5))
def test_the_plan_stays_between_its_points(
    baseline_on: date,
    baseline: int,
    deadline: date,
    target: int,
    day: date,
    steps: list[tuple[date, int]],
) -> None:
    heights = [baseline, target, *(units for _, units in steps)]
    planned = plan_line(baseline_on, baseline, deadline, target, day, steps)
    assert min(heights) <= planned <= max(heights)
