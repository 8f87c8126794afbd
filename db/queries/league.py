"""The league table (جدول رتبه‌بندی): what each group has done in a period."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import func, select

from db.models import County, JihadiGroup, Obstacle, Standing, Unit, Visit
from db.queries.units import COUNTS, JOBS_CREATED

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

MEASURES: Final = ("revived", "jobs", "visits", "obstacles", "units")
START: Final = date(1900, 1, 1)  # before anything that can be recorded


@dataclass(frozen=True)
class Line:
    """A group and its figures; equal figures share a rank, which is 0 until one ranks by them.

    `units` were registered in the period and are its own, `visits` accepted, `obstacles` removed;
    `revived` are units counted by the end of the day asked for that returned first in the period,
    `jobs` what these returns made.
    """

    id: int
    name: str
    county: str | None
    active: bool
    units: int
    visits: int
    obstacles: int
    revived: int
    jobs: int
    rank: int = 0


def league(
    session: Session, as_of: date, first: date | None = None, last: date | None = None
) -> list[Line]:
    """Every live group by name, for the days from `first` to `last`, both included."""
    days = (first or START, min(last or as_of, as_of))
    visited = (Visit.review == "accepted", Visit.day.between(*days))
    removed = Obstacle.removed_on.between(*days)
    gone_visits, gone_obstacles = _gone(session, Visit, *visited), _gone(session, Obstacle, removed)
    revived, jobs = _revived(session, as_of, days)
    query = _GROUPS.add_columns(
        _count(Unit, Unit.registered_on.between(*days)).label("units"),
        _count(Visit, *visited).label("visits"),
        _count(Obstacle, removed).label("obstacles"),
    )
    return [
        Line(
            row.id, row.name, row.county, row.active, row.units,
            row.visits - gone_visits[row.id], row.obstacles - gone_obstacles[row.id],
            revived[row.id], jobs[row.id],
        )
        for row in session.execute(query)
    ]  # fmt: skip


def ranked(lines: Iterable[Line], measure: str) -> list[Line]:
    """The most first; those with equal figures share a rank, and the ranks after it are left out.

    Among equals the order is that of `lines`.
    """
    in_order = sorted(lines, key=lambda line: -value(line, measure))
    ranks: dict[int, int] = {}
    for place, line in enumerate(in_order, start=1):
        ranks.setdefault(value(line, measure), place)
    return [replace(line, rank=ranks[value(line, measure)]) for line in in_order]


def first_ranks(lines: Iterable[Line], measure: str, ranks: int = 3) -> list[Line]:
    """Those ranked first to third who have done something at all."""
    return [
        line for line in ranked(lines, measure) if line.rank <= ranks and value(line, measure) > 0
    ]


def value(line: Line, measure: str) -> int:
    """The figure of a line by the name of its measure."""
    return int(getattr(line, measure))


_GROUPS = (
    select(JihadiGroup.id, JihadiGroup.name, County.name.label("county"), JihadiGroup.active)
    .outerjoin(County, County.id == JihadiGroup.county_id)
    .where(JihadiGroup.archived_on.is_(None))
    .order_by(JihadiGroup.sort_key, JihadiGroup.id)
)


def _count(record: Any, *conditions: ColumnElement[bool]) -> Any:
    """By group and day, read off the index: half as dear as to group all of it."""
    query = select(func.count()).where(record.group_id == JihadiGroup.id)
    return query.where(record.archived_on.is_(None), *conditions).scalar_subquery()


def _gone(session: Session, record: Any, *conditions: ColumnElement[bool]) -> Counter[int]:
    """Of the few archived units, to be taken off: to ask each row for its unit costs as much
    again as to count it.
    """
    gone = record.unit_id.in_(select(Unit.id).where(Unit.archived_on.is_not(None)))
    query = (
        select(record.group_id, func.count())
        .where(record.archived_on.is_(None), gone, *conditions)
        .group_by(record.group_id)
    )
    return Counter({row[0]: row[1] for row in session.execute(query)})


def _revived(
    session: Session, as_of: date, days: tuple[date, date]
) -> tuple[Counter[int], Counter[int]]:
    # A column of an index would be gone through in its order, with a look for each unit's
    # standing: twenty times as dear as to find the standings by the day of return.
    group = Unit.group_id + 0
    query = (
        select(group, func.count(), func.sum(JOBS_CREATED))
        .join(Standing, Standing.unit_id == Unit.id)
        .where(
            group.is_not(None),
            Unit.archived_on.is_(None),  # else the index over live units would not be asked
            Standing.since <= as_of,
            Standing.until > as_of,
            COUNTS,
            Standing.returned_on.between(*days),
        )
        .group_by(group)
    )
    rows: Sequence[Any] = session.execute(query).all()
    return Counter({row[0]: row[1] for row in rows}), Counter({row[0]: int(row[2]) for row in rows})
