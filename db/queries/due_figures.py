"""How much falls due when, by the end of a day: the head of the due calendar, and its month."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import func, select

from db import calendar
from db.models import Position
from db.queries import dues, positions
from db.queries.listing import AS_OF, View, parameters, selected

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session


class Due(NamedTuple):
    """Unpaid instalments, and the rial that are left of them."""

    instalments: int = 0
    left: int = 0


class Figures(NamedTuple):
    """`windows` by the names of `dues.WINDOWS`; `calls` are the loans to be called today."""

    windows: Mapping[str, Due]
    behind: int  # loans with an instalment of the past
    calls: int


def figures(session: Session, as_of: date) -> Figures:
    """What the due calendar begins with."""
    week, month = calendar.week_range(as_of), calendar.month_range(*calendar.month_of(as_of))
    first, last = min(week[0], month[0]), max(week[1], month[1])
    days = by_day(session, first, last, as_of)
    overdue = View({"window": ["overdue"]}, as_of=as_of)
    rows = selected(dues.SOURCE, overdue, ("left",)).subquery()
    sums = select(func.count(), func.coalesce(func.sum(rows.c.left), 0)).select_from(rows)
    past = session.execute(sums, parameters(dues.SOURCE, overdue)).one()
    return Figures(
        {
            "overdue": Due(past[0], int(past[1])),
            "this_week": _sum(days, *week),
            "this_month": _sum(days, *month),
        },
        _count(session, positions.BEHIND, as_of),
        _count(session, dues.TODAY, as_of),
    )


def by_day(
    session: Session,
    first: date,
    last: date,
    as_of: date,
    filters: Mapping[str, Any] | None = None,
) -> dict[date, Due]:
    """The days from `first` to `last`, both counted, on which something unpaid falls due."""
    range_ = {"due_on": [first.isoformat(), last.isoformat()]}
    view = View({**(filters or {}), **range_}, as_of=as_of)
    rows = selected(dues.SOURCE, view, ("due_on", "left")).subquery()
    query = select(rows.c.due_on, func.count(), func.sum(rows.c.left)).group_by(rows.c.due_on)
    found = session.execute(query, parameters(dues.SOURCE, view))
    return {day: Due(count, int(left)) for day, count, left in found}


def _sum(days: Mapping[date, Due], first: date, last: date) -> Due:
    return total(due for day, due in days.items() if first <= day <= last)


def total(some: Iterable[Due]) -> Due:
    """Of several days together."""
    found = list(some)
    return Due(sum(due.instalments for due in found), sum(due.left for due in found))


def _count(session: Session, where: ColumnElement[bool], as_of: date) -> int:
    """Of the loans on record: none is archived, nor its unit."""
    query = select(func.count(Position.id)).where(
        Position.until > AS_OF, Position.since <= AS_OF, where
    )
    return session.scalar(query, {"as_of": as_of}) or 0
