"""Where a programme stands against its target: pace kept, pace needed, forecast."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from math import ceil, floor
from operator import itemgetter
from typing import TYPE_CHECKING, Literal

from db.calendar import LAST_DAY

if TYPE_CHECKING:
    from collections.abc import Iterable

Outlook = Literal[
    "no_baseline_yet",  # the day asked about is before the baseline
    "not_started",  # the baseline day itself: no days to take a pace from
    "reached",
    "missed",  # the deadline is over and the target was not reached
    "no_pace",  # nothing gained since the baseline
    "on_track",
    "behind",
]


def days_left(today: date, deadline: date) -> int:
    """Days to work in, today and the deadline both counted; 0 once it is over."""
    return max(0, (deadline - today).days + 1)


def required_per_30_days(remaining: int, today: date, deadline: date) -> float | None:
    """Units needed in each 30 days from today; 0 when none remain, None when no days do."""
    if remaining <= 0:
        return 0.0
    days = days_left(today, deadline)
    return float(Fraction(remaining * 30, days)) if days else None


def pace_per_day(
    first_units: int, first_on: date, last_units: int, last_on: date
) -> Fraction | None:
    """Units gained per day between two counts; None when no day lies between them."""
    days = (last_on - first_on).days
    return Fraction(last_units - first_units, days) if days > 0 else None


@dataclass(frozen=True, slots=True)
class Projection:
    """What follows if the pace since the baseline holds; None where nothing can be said.

    `projected_at_deadline` is whole units, never below 0, and None after the deadline: that day's
    count is then a fact to be asked for. `forecast_date` is None when the target is reached (the
    day it was is a fact, too), when nothing is gained, and beyond the calendar's last year.
    `meets_target` is None without a pace (unless reached) and after the deadline.
    """

    pace_per_30_days: float | None
    projected_at_deadline: int | None
    forecast_date: date | None
    meets_target: bool | None


def project(
    baseline_on: date, baseline_units: int, as_of: date, units: int, target: int, deadline: date
) -> Projection:
    """The projection on a day when `units` are counted (baseline included)."""
    pace = pace_per_day(baseline_units, baseline_on, units, as_of)
    at_deadline = None
    if pace is not None and as_of <= deadline:
        at_deadline = max(0, floor(units + pace * (deadline - as_of).days))
    return Projection(
        None if pace is None else float(pace * 30),
        at_deadline,
        _forecast(pace, target - units, as_of),
        _meets(at_deadline, units, target) if as_of <= deadline else None,
    )


def _forecast(pace: Fraction | None, remaining: int, as_of: date) -> date | None:
    if remaining <= 0 or pace is None or pace <= 0:
        return None
    days = ceil(remaining / pace)
    return as_of + timedelta(days) if days <= (LAST_DAY - as_of).days else None


def _meets(at_deadline: int | None, units: int, target: int) -> bool | None:
    if units >= target:
        return True
    return None if at_deadline is None else at_deadline >= target


def outlook(
    baseline_on: date, baseline_units: int, as_of: date, units: int, target: int, deadline: date
) -> Outlook:
    """The one word for where the programme stands; each has a sentence of its own on the screen."""
    if as_of < baseline_on:
        return "no_baseline_yet"
    if units >= target:
        return "reached"
    if as_of > deadline:
        return "missed"
    if as_of == baseline_on:
        return "not_started"
    if units <= baseline_units:
        return "no_pace"
    projection = project(baseline_on, baseline_units, as_of, units, target, deadline)
    return "on_track" if projection.meets_target else "behind"


def plan_line(
    baseline_on: date,
    baseline_units: int,
    deadline: date,
    target: int,
    day: date,
    milestones: Iterable[tuple[date, int]] = (),
) -> Fraction:
    """Units the plan has at the end of a day: straight from the baseline through each milestone.

    Level before the baseline and after the deadline; milestones count only between the two.
    """
    if day < baseline_on:
        return Fraction(baseline_units)
    if day >= deadline:
        return Fraction(target)
    between = {when: units for when, units in milestones if baseline_on < when < deadline}
    points = sorted((between | {baseline_on: baseline_units, deadline: target}).items())
    spot = bisect_right(points, day, key=itemgetter(0))
    (start, low), (end, high) = points[spot - 1], points[spot]
    return low + Fraction((high - low) * (day - start).days, (end - start).days)
