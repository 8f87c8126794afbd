"""The field work by any day: visits made and due, obstacles, actions, as figures with names.

With what is owed of the loans, which is told beside it: after the first picture.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, case, func, or_, select, text

from db.models import Action, Agency, Obstacle, ObstacleKind, Unit, Visit
from db.queries.owed import Owed, owed

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from sqlalchemy import ColumnElement, Select
    from sqlalchemy.orm import Session


@dataclass(frozen=True)
class Obstacles:
    """Of one kind, or with one agency: still open, and removed by the day."""

    id: int | None
    name: str
    open: int
    removed: int


@dataclass(frozen=True)
class FieldFigures:
    """Counts by the end of `as_of`, archived units and their records left out.

    `visits_due` are units whose next visit, or first one, was to be made by then and was not.
    """

    as_of: date
    visits_done: int
    visits_due: int
    first_visits_due: int
    obstacles_open: int
    obstacles_removed: int
    actions_open: int
    actions_late: int
    kinds: tuple[Obstacles, ...]
    agencies: tuple[Obstacles, ...]
    owed: Owed


# Said as it stands in the condition of the index: a value would not be seen to be the same.
_ACCEPTED = text("visit.review = 'accepted'")
_GONE = select(Unit.id).where(Unit.archived_on.is_not(None))


def field_figures(session: Session, day: date) -> FieldFigures:
    """All of it by the end of `day`."""
    shares = _obstacles(session, day)
    kinds = _named(session, ObstacleKind, ((kind, counts) for kind, _, *counts in shares))
    opened, late = _actions(session, day)
    return FieldFigures(
        as_of=day,
        visits_done=_less_gone(session, Visit, and_(Visit.review == "accepted", Visit.day <= day)),
        visits_due=sum(_less_gone(session, Visit, each) for each in _due(day)),
        first_visits_due=session.scalar(_first_due(day)) or 0,
        obstacles_open=sum(each.open for each in kinds),
        obstacles_removed=sum(each.removed for each in kinds),
        actions_open=opened,
        actions_late=late,
        kinds=kinds,
        agencies=_named(session, Agency, ((agency, counts) for _, agency, *counts in shares)),
        owed=owed(session, day),
    )


def _less_gone(session: Session, model: Any, condition: ColumnElement[bool]) -> int:
    """Those of archived units are taken off in the end: quicker than to ask for every unit."""
    query = select(func.count()).select_from(model).where(model.archived_on.is_(None), condition)
    whole = session.scalar(query) or 0
    return whole - (session.scalar(query.where(model.unit_id.in_(_GONE))) or 0)


def _due(day: date) -> tuple[ColumnElement[bool], ...]:
    """Not followed at all, or only later: apart, each is a range of the index."""
    due = and_(
        _ACCEPTED, Visit.next_due_on.is_not(None), Visit.next_due_on <= day, Visit.day <= day
    )
    return and_(Visit.followed_on.is_(None), due), and_(Visit.followed_on > day, due)


def _first_due(day: date) -> Select[int]:
    visited = select(Visit.id).where(
        Visit.unit_id == Unit.id,
        Visit.archived_on.is_(None),
        Visit.review == "accepted",
        Visit.day <= day,
    )
    return select(func.count()).where(
        Unit.archived_on.is_(None),
        Unit.first_visit_due_on.is_not(None),
        Unit.first_visit_due_on <= day,
        Unit.registered_on <= day,
        ~visited.exists(),
    )


def _obstacles(session: Session, day: date) -> list[Any]:
    """(kind, agency, open, removed)."""
    is_removed = and_(Obstacle.removed_on.is_not(None), Obstacle.removed_on <= day)
    query = (
        select(
            Obstacle.kind_id,
            Obstacle.agency_id,
            func.sum(case((is_removed, 0), else_=1)),
            func.sum(case((is_removed, 1), else_=0)),
        )
        .where(
            Obstacle.archived_on.is_(None), Obstacle.found_on <= day, Obstacle.unit_id.not_in(_GONE)
        )
        .group_by(Obstacle.kind_id, Obstacle.agency_id)
    )
    return list(session.execute(query))


def _actions(session: Session, day: date) -> tuple[int, int]:
    """(open, late among them)."""
    is_open = or_(Action.done_on.is_(None), Action.done_on > day)
    query = select(
        func.count(), func.coalesce(func.sum(case((Action.due_on < day, 1), else_=0)), 0)
    ).where(
        Action.archived_on.is_(None), Action.decided_on <= day, is_open,
        Action.unit_id.not_in(_GONE),
    )  # fmt: skip
    opened, late = session.execute(query).one()
    return opened, late


def _named(
    session: Session, model: Any, counted: Iterable[tuple[int | None, list[int]]]
) -> tuple[Obstacles, ...]:
    """Sums by id with their names, the most of them open first."""
    still: Counter[int | None] = Counter()
    removed: Counter[int | None] = Counter()
    for number, (open_now, gone) in counted:
        still[number] += open_now
        removed[number] += gone
    names: dict[int | None, str] = {None: ""}
    in_order = select(model.id, model.name).order_by(model.sort_key, model.id)
    names |= {row.id: row.name for row in session.execute(in_order)}
    found = [
        Obstacles(number, name, still[number], removed[number])
        for number, name in names.items()
        if number in still
    ]
    return tuple(sorted(found, key=lambda each: (-each.open, -each.removed)))
