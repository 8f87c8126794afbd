"""The months of a programme: what was revived, what the plan had, what the pace kept leads to."""

from __future__ import annotations

from dataclasses import dataclass
from math import floor
from typing import TYPE_CHECKING

from db import calendar
from db.rules.pace import pace_per_day, plan_line
from desktop import kinds
from desktop.excel.tables import Table
from desktop.fields import Field

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from fractions import Fraction

    from db.queries.progress import Figures

FIELDS = (
    Field("month", "ماه", kinds.CODE, 12),
    Field("name", "نام ماه", kinds.TEXT, 18),
    Field("revived", "احیاشده در ماه", kinds.COUNT, 14),
    Field("total", "احیاشده تا پایان ماه", kinds.COUNT, 14),
    Field("plan", "برنامه", kinds.COUNT, 14),
    Field("forecast", "پیش‌بینی با آهنگ کنونی", kinds.COUNT, 14),
)


@dataclass(frozen=True)
class MonthRow:
    """Units at the end of a Jalali month; None where the month says nothing of it."""

    month: str  # 1402/05: text that sorts as the months do
    name: str
    revived: int | None
    total: int | None
    plan: int
    forecast: int | None


def month_rows(figures: Figures) -> list[MonthRow]:
    """From the baseline's month to the deadline's, or to the report's own if that is later."""
    if not figures.months:
        return []
    known = {(month.year, month.month): month for month in figures.months}
    rows = []
    for year, number in calendar.months_between(
        figures.baseline_on, max(figures.as_of, figures.deadline)
    ):
        _, last = calendar.month_range(year, number)
        month = known.get((year, number))
        rows.append(
            MonthRow(
                month=f"{year:04}/{number:02}",
                name=calendar.month_title((year, number)),
                revived=month.revived if month else None,
                total=month.total if month else None,
                plan=_planned(figures, last),
                forecast=_forecast(figures, last),
            )
        )
    return rows


def _planned(figures: Figures, day: date) -> int:
    (first_on, first), *between, (deadline, target) = figures.plan
    return round(plan_line(first_on, first, deadline, target, day, between))


def _forecast(figures: Figures, month_end: date) -> int | None:
    """What is counted at the month's end if the pace holds: to the deadline and no further."""
    pace = _pace(figures)
    if pace is None or pace <= 0 or month_end < figures.as_of or figures.as_of > figures.deadline:
        return None
    days = (min(month_end, figures.deadline) - figures.as_of).days
    return floor((figures.revived or 0) + pace * days)


def _pace(figures: Figures) -> Fraction | None:
    return pace_per_day(
        figures.reached_before, figures.baseline_on, figures.revived or 0, figures.as_of
    )


def month_table(rows: Sequence[MonthRow], heading: Sequence[str]) -> Table:
    return Table("ماه‌ها", FIELDS, rows, len(rows), heading, totals=False)
