"""Reading obstacles: the list with its filters, those of a visit, and what is open in a unit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import case, func, or_, select

from db import calendar, text
from db.models import Agency, JihadiGroup, Obstacle, ObstacleKind, Unit
from db.queries import of_units
from db.queries.listing import AS_OF, Column, Filter, Source, between, one_of, persian

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from sqlalchemy.orm import Session

SEVERITIES = ("low", "medium", "high")
_is_removed = Obstacle.removed_on <= AS_OF
STATE = case((_is_removed, "removed"), else_="open")
_severest = case({each: place for place, each in enumerate(SEVERITIES)}, value=Obstacle.severity)

_PERSIAN = ("removed_by", "removal", "note", "archive_reason")

SOURCE = Source(
    record=Obstacle,
    columns={
        **of_units.columns(Obstacle),
        "kind": Column(ObstacleKind.name, ObstacleKind.sort_key, ("kind",)),
        "agency": Column(Agency.name, Agency.sort_key, ("agency",), nullable=True),
        "group": Column(JihadiGroup.name, JihadiGroup.sort_key, ("group",), nullable=True),
        "severity": Column(Obstacle.severity, _severest),
        "main": Column(Obstacle.main),
        "state": Column(STATE),
        "found_on": Column(Obstacle.found_on),
        "removed_on": Column(case((_is_removed, Obstacle.removed_on)), nullable=True),
        "archived_on": Column(Obstacle.archived_on, nullable=True),
        **{name: persian(getattr(Obstacle, name)) for name in _PERSIAN},
    },
    joins={
        **of_units.joins(Obstacle),
        "kind": (ObstacleKind, ObstacleKind.id == Obstacle.kind_id),
        "agency": (Agency, Agency.id == Obstacle.agency_id),
        "group": (JihadiGroup, JihadiGroup.id == Obstacle.group_id),
    },
    filters={
        "id": Filter(one_of(Obstacle.id)),
        "unit_id": Filter(one_of(Obstacle.unit_id)),
        "visit_id": Filter(one_of(Obstacle.visit_id)),
        "county_id": Filter(one_of(Unit.county_id), ("unit",)),
        "kind_id": Filter(one_of(Obstacle.kind_id)),
        "agency_id": Filter(one_of(Obstacle.agency_id)),
        "group_id": Filter(one_of(Obstacle.group_id)),
        "severity": Filter(one_of(Obstacle.severity)),
        "main": Filter(lambda _: Obstacle.main.is_(True)),
        "state": Filter(one_of(STATE)),
        "found_on": Filter(between(Obstacle.found_on)),
        "removed_on": Filter(between(case((_is_removed, Obstacle.removed_on)))),
    },
    search=of_units.search(Obstacle),
    sort="found_on",
    born=Obstacle.found_on,
    where=of_units.live(Obstacle),
    required=of_units.REQUIRED | {"kind"},
)


@dataclass(frozen=True)
class Open:
    """The open obstacles of a unit: how many, and the main one by its kind, if one is marked."""

    count: int
    main_id: int | None = None
    main: str = ""
    agency: str = ""


def get(session: Session, obstacle_id: int) -> Obstacle:
    """Raises NoResultFound for an id that is not there."""
    return session.get_one(Obstacle, obstacle_id)


def of_visit(session: Session, visit_id: int) -> Sequence[Obstacle]:
    """What a diagnosis found, the main one first, the archived left out."""
    query = select(Obstacle).where(Obstacle.visit_id == visit_id, Obstacle.archived_on.is_(None))
    return session.scalars(query.order_by(Obstacle.main.desc(), Obstacle.id)).all()


def first_day(session: Session, unit_id: int) -> date | None:
    """The day on which the first obstacle of a unit was found."""
    query = select(func.min(Obstacle.found_on)).where(
        Obstacle.unit_id == unit_id, Obstacle.archived_on.is_(None)
    )
    return session.scalar(query)


def open_in(session: Session, unit_id: int, as_of: date) -> Open:
    """What holds a unit back by the end of a day."""
    query = (
        select(Obstacle.id, Obstacle.main, ObstacleKind.name, Agency.name.label("agency"))
        .join(ObstacleKind, ObstacleKind.id == Obstacle.kind_id)
        .join(Agency, Agency.id == Obstacle.agency_id, isouter=True)
        .where(
            Obstacle.unit_id == unit_id,
            Obstacle.archived_on.is_(None),
            Obstacle.found_on <= as_of,
            or_(Obstacle.removed_on.is_(None), Obstacle.removed_on > as_of),
        )
        .order_by(Obstacle.main.desc(), Obstacle.found_on, Obstacle.id)
    )
    rows = session.execute(query).all()
    if not rows or not rows[0].main:
        return Open(len(rows))
    return Open(len(rows), rows[0].id, rows[0].name, rows[0].agency or "")


def options(
    session: Session, unit_id: int | None, typed: str = "", limit: int | None = None
) -> list[tuple[int, str]]:
    """(id, name) of the open obstacles, of one unit if one is given, the main one first."""
    query = _names.where(Obstacle.archived_on.is_(None), Obstacle.removed_on.is_(None))
    if unit_id is not None:
        query = query.where(Obstacle.unit_id == unit_id)
    for term in text.search_terms(typed.partition("(")[0]):
        query = query.where(ObstacleKind.search_key.contains(term, autoescape=True))
    query = query.order_by(Obstacle.main.desc(), Obstacle.found_on, Obstacle.id).limit(limit)
    return [(row.id, _named(row.name, row.found_on)) for row in session.execute(query)]


def label(session: Session, obstacle_id: int) -> str:
    """«کمبود نقدینگی (۱۴۰۲/۰۵/۰۴)», archived or not; empty if there is none."""
    row = session.execute(_names.where(Obstacle.id == obstacle_id)).first()
    return _named(row.name, row.found_on) if row else ""


_names = select(Obstacle.id, Obstacle.found_on, ObstacleKind.name).join(
    ObstacleKind, ObstacleKind.id == Obstacle.kind_id
)


def _named(kind: str, found_on: date) -> str:
    return f"{kind} ({calendar.to_persian_date(found_on)})"
