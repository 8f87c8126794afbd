"""Where each figure leads: the filters that list exactly the rows it counts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from db.calendar import month_range
from desktop.widgets.frame import Door

if TYPE_CHECKING:
    from datetime import date

    from db.queries.progress import Figures

GROUPS: Final = Door("groups", {"active": True})
UNITS: Final = Door("units")
LOANS: Final = Door("loans")
APPROVED: Final = Door("loans", {"standing": True})
PAID: Final = Door("loans", {"has_paid": True})


def counted(figures: Figures, **more: Any) -> Door:
    """The units that count on top of the baseline, which has no rows; narrowed by `more`."""
    return Door("units", {**_returned(figures.counted_from, figures.as_of), **more})


def running(figures: Figures) -> Door:
    """The counted units that have not stopped again."""
    return counted(figures, state=["revived"])


def of_month(figures: Figures, year: int, month: int) -> Door:
    """The units counted in a Jalali month."""
    first, last = month_range(year, month)
    days = _returned(max(first, figures.counted_from), min(last, figures.as_of))
    return Door("units", days)


def of_share(figures: Figures, name: str, number: int | None) -> Door:
    """The counted units with this `name` (county_id, industry_id; None: not given).

    Before the baseline day nothing is counted yet, and all units on record are shown.
    """
    if figures.revived is None:
        return Door("units", {name: [number]})
    return counted(figures, **{name: [number]})


def _returned(first: date, last: date) -> dict[str, Any]:
    return {"returned_on": [first.isoformat(), last.isoformat()]}
