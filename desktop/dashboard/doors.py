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
CLAIMED: Final = Door("units", {"claimed": True})
UNPROVEN: Final = Door("units", {"unproven": True})
SUSTAINED: Final = Door("units", {"sustained": True})
RUNNING: Final = Door("units", {"running": True})
VISITS: Final = Door("visits", {"review": ["accepted"]})
VISITS_DUE: Final = Door("visits", {"due": True})
OBSTACLES: Final = Door("obstacles", {"state": ["open"]})
LATE: Final = Door("actions", {"state": ["late"]})
EXERCISES: Final = Door("exercises", {"kind": ["exercise"]})


def counted(**more: Any) -> Door:
    """The units that count and have rows (the baseline's number has none); narrowed by `more`."""
    return Door("units", {"counted": True, **more})


def added(figures: Figures) -> Door:
    """Those counted since the baseline day."""
    return counted(**_returned(figures.counted_from, figures.as_of))


def of(page: str, name: str, number: int | str | None) -> Door:
    """The rows of a list with this one value; None: not given."""
    return Door(page, {name: [number]})


def of_month(figures: Figures, year: int, month: int) -> Door:
    """The units counted in a Jalali month."""
    first, last = month_range(year, month)
    return counted(**_returned(max(first, figures.counted_from), min(last, figures.as_of)))


def of_share(figures: Figures, name: str, number: int | None) -> Door:
    """The counted units with this `name` (county_id, industry_id; None: not given).

    Before the baseline day nothing is counted yet, and all units on record are shown.
    """
    if figures.revived is None:
        return Door("units", {name: [number]})
    return counted(**{name: [number]})


def _returned(first: date, last: date) -> dict[str, Any]:
    return {"returned_on": [first.isoformat(), last.isoformat()]}
