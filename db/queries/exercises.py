"""Reading exercises and festivals: the list, who took part, what they saw, who was awarded."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, func, select

from db.models import Award, County, Exercise, JihadiGroup, Participation, Unit, Visit
from db.queries.listing import AS_OF, Column, Filter, Source, between, one_of, persian
from db.rules.exercises import last_day

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

MOST_OFFERED = 2_000  # visits shown to choose from; more than that is a wrong day


@dataclass(frozen=True)
class Awarded:
    """An award as it is read; `value` of `measure` as it was on the day it was given."""

    id: int
    version: int
    rank: int
    title: str
    group_id: int
    group: str
    measure: str
    value: int


@dataclass(frozen=True)
class Participant:
    """A group that took part: with what it saw in these days."""

    id: int
    version: int
    group_id: int
    group: str
    county: str | None
    note: str
    visits: int


@dataclass(frozen=True)
class Seen:
    """A visit of the days of an exercise; `id` is the visit's."""

    id: int
    unit_id: int
    unit: str
    code: str
    county: str
    group: str | None
    day: date
    kind: str
    state_seen: str
    review: str


def _count(record: Any, *, units: bool = False) -> Any:
    """How many live rows of a record name the exercise."""
    counted = func.count(func.distinct(record.unit_id)) if units else func.count()
    query = select(counted).where(record.exercise_id == Exercise.id, record.archived_on.is_(None))
    if record is Visit:
        gone = select(Unit.id).where(Unit.archived_on.is_not(None))
        query = query.where(Visit.day <= AS_OF, Visit.unit_id.not_in(gone))
    return query.scalar_subquery()


SOURCE = Source(
    record=Exercise,
    columns={
        "name": Column(Exercise.name, Exercise.sort_key),
        "kind": Column(Exercise.kind),
        "starts_on": Column(Exercise.starts_on),
        "ends_on": Column(Exercise.ends_on, nullable=True),
        "archived_on": Column(Exercise.archived_on, nullable=True),
        "place": persian(Exercise.place),
        "outcome": persian(Exercise.outcome),
        "archive_reason": persian(Exercise.archive_reason),
        "groups": Column(_count(Participation)),
        "visits": Column(_count(Visit)),
        "units": Column(_count(Visit, units=True)),
        "awards": Column(_count(Award)),
    },
    joins={},
    filters={
        "id": Filter(one_of(Exercise.id)),
        "kind": Filter(one_of(Exercise.kind)),
        "starts_on": Filter(between(Exercise.starts_on)),
        "held": Filter(lambda _: Exercise.starts_on <= AS_OF),
    },
    search=lambda term: Exercise.search_key.contains(term, autoescape=True),
    sort="starts_on",
    born=Exercise.starts_on,
)


def get(session: Session, exercise_id: int) -> Exercise:
    """Raises NoResultFound for an id that is not there."""
    return session.get_one(Exercise, exercise_id)


def count(session: Session, day: date) -> int:
    """The exercises (not festivals) that had begun by the end of a day."""
    query = select(func.count()).where(
        Exercise.archived_on.is_(None), Exercise.kind == "exercise", Exercise.starts_on <= day
    )
    return session.scalar(query) or 0


def group_ids(session: Session, exercise_id: int) -> list[int]:
    """The groups that took part."""
    query = select(Participation.group_id).where(
        Participation.exercise_id == exercise_id, Participation.archived_on.is_(None)
    )
    return list(session.scalars(query.order_by(Participation.id)))


def participants(session: Session, exercise_id: int) -> list[Participant]:
    """The groups that took part, by name, with the visits of theirs that were taken in."""
    taken = select(Visit.group_id, func.count()).where(_taken(exercise_id))
    visits = {row[0]: row[1] for row in session.execute(taken.group_by(Visit.group_id))}
    query = (
        select(Participation.id, Participation.version, Participation.group_id,
               JihadiGroup.name, County.name, Participation.note)
        .join(JihadiGroup, JihadiGroup.id == Participation.group_id)
        .outerjoin(County, County.id == JihadiGroup.county_id)
        .where(Participation.exercise_id == exercise_id, Participation.archived_on.is_(None))
        .order_by(JihadiGroup.sort_key, Participation.id)
    )  # fmt: skip
    return [Participant(*row, visits.get(row.group_id, 0)) for row in session.execute(query)]


def seen(session: Session, exercise_id: int) -> list[Seen]:
    """The visits that were taken in, in order of day and unit."""
    return [Seen(*row) for row in session.execute(_visits(_taken(exercise_id)))]


def visit_days(session: Session, exercise_id: int) -> list[date]:
    """The days of the visits that were taken in."""
    return list(session.scalars(select(Visit.day).where(_taken(exercise_id))))


def offered(session: Session, exercise_id: int) -> list[Seen]:
    """Visits of its days by its groups that no exercise has yet, at most MOST_OFFERED."""
    of = get(session, exercise_id)
    query = _visits(
        Visit.archived_on.is_(None),
        Visit.exercise_id.is_(None),
        Visit.group_id.in_(group_ids(session, exercise_id)),
        Visit.day.between(of.starts_on, last_day(of.starts_on, of.ends_on)),
    )
    return [Seen(*row) for row in session.execute(query.limit(MOST_OFFERED))]


def awards(session: Session, exercise_id: int) -> list[Awarded]:
    """The awards of a festival by rank."""
    query = (
        select(Award.id, Award.version, Award.rank, Award.title, Award.group_id,
               JihadiGroup.name, Award.measure, Award.value)
        .join(JihadiGroup, JihadiGroup.id == Award.group_id)
        .where(Award.exercise_id == exercise_id, Award.archived_on.is_(None))
        .order_by(Award.rank, Award.title, JihadiGroup.sort_key, Award.id)
    )  # fmt: skip
    return [Awarded(*row) for row in session.execute(query)]


def _taken(exercise_id: int) -> ColumnElement[bool]:
    return and_(
        Visit.exercise_id == exercise_id,
        Visit.archived_on.is_(None),
        Visit.unit_id.not_in(select(Unit.id).where(Unit.archived_on.is_not(None))),
    )


def _visits(*conditions: ColumnElement[bool]) -> Any:
    return (
        select(Visit.id, Visit.unit_id, Unit.name, Unit.code, County.name, JihadiGroup.name,
               Visit.day, Visit.kind, Visit.state_seen, Visit.review)
        .join(Unit, and_(Unit.id == Visit.unit_id, Unit.archived_on.is_(None)))
        .join(County, County.id == Unit.county_id)
        .outerjoin(JihadiGroup, JihadiGroup.id == Visit.group_id)
        .where(*conditions)
        .order_by(Visit.day, Unit.sort_key, Visit.id)
    )  # fmt: skip
