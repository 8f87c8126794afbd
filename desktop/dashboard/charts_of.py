"""What the charts of the dashboard show, from the figures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from db.calendar import add_months, long_jalali, month_of, month_range, months_between, today
from db.rules.pace import plan_line
from desktop.widgets.charts.bars import Bar
from desktop.widgets.charts.burn_up import Course, Point, month_label, place
from desktop.widgets.charts.gauge import Reading

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from db.queries.progress import Figures, Share

NOT_GIVEN: Final = "ثبت‌نشده"
TONES: Final = ("احیاشده", "همهٔ واحدها")
LOOKING_AHEAD: Final = 4  # months shown past the deadline, when the forecast lies there


def reading(figures: Figures) -> Reading | None:
    """The gauge; None before the baseline day."""
    if figures.revived is None:
        return None
    (first_on, first), *between, (deadline, target) = figures.plan
    planned = plan_line(first_on, first, deadline, target, figures.as_of, between)
    return Reading(figures.revived, figures.target, figures.baseline_units, round(planned))


def course(figures: Figures) -> Course | None:
    """The burn-up, from the first month that has a day to count; None before the baseline day."""
    if figures.revived is None:
        return None
    months = months_between(figures.counted_from, _last_day(figures))
    known = {(month.year, month.month): month.total for month in figures.months}
    first = months[0]
    return Course(
        tuple(Point(month, month_label(*month), known.get(month)) for month in months),
        figures.target,
        figures.reached_before,
        plan=tuple((place(day, first), units) for day, units in figures.plan),
        forecast=_forecast(figures, first),
        as_of=place(figures.as_of, first),
        as_of_label="امروز" if figures.as_of == today() else "این روز",
        deadline=place(figures.deadline, first),
    )


def _last_day(figures: Figures) -> date:
    """The deadline, the day itself if that is later, or the forecast if it is not much later."""
    last = max(figures.as_of, figures.deadline)
    ahead = figures.forecast_date
    if ahead is None or figures.as_of > figures.deadline:
        return last
    furthest = month_range(*month_of(add_months(figures.deadline, LOOKING_AHEAD)))[1]
    return max(last, ahead) if ahead <= furthest else last


def _forecast(figures: Figures, first: tuple[int, int]) -> tuple[tuple[float, float], ...]:
    """Straight on at the pace kept: up to the deadline, and to the target where that is shown."""
    pace, last = figures.pace_per_30_days, _last_day(figures)
    if not pace or figures.revived is None or figures.as_of >= last:
        return ()
    if figures.forecast_date == last:
        units: float = figures.target
    else:
        units = figures.revived + pace * (last - figures.as_of).days / 30
    return ((place(figures.as_of, first), figures.revived), (place(last, first), units))


def bars(figures: Figures, shares: Sequence[Share]) -> tuple[list[Bar], tuple[str, ...]]:
    """Bars with their legend; before the baseline day only how many units there are."""
    if figures.revived is None:
        by_units = sorted(shares, key=lambda share: -share.units)
        return [Bar(each.id, each.name or NOT_GIVEN, each.units) for each in by_units], TONES[1:]
    every = [Bar(each.id, each.name or NOT_GIVEN, each.revived, each.units) for each in shares]
    return every, TONES


def before_baseline(figures: Figures) -> str:
    """What stands in place of the gauge and the line as long as nothing is counted."""
    return f"از روز مبنا، {long_jalali(figures.baseline_on)}، آغاز می‌شود."
