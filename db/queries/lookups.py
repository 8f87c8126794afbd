"""Reading the base lists: as lists of their own, and as choices for a link in a form."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, func, or_, select

from db import text
from db.models import (
    Agency,
    Bank,
    County,
    Estate,
    Exercise,
    Holiday,
    Industry,
    JihadiGroup,
    Loan,
    Obstacle,
    ObstacleKind,
    Standing,
    Unit,
    Visit,
)
from db.queries import obstacles, visits
from db.queries.listing import AS_OF, Column, Filter, Source, one_of, persian
from db.queries.units import COUNTS, standing_on

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.orm import Session

    from db.models.base import Record

MODELS: dict[str, type[Record]] = {
    "county": County,
    "estate": Estate,
    "industry": Industry,
    "obstacle_kind": ObstacleKind,
    "bank": Bank,
    "agency": Agency,
    "exercise": Exercise,
    "group": JihadiGroup,
    "unit": Unit,
    "obstacle": Obstacle,
    "visit": Visit,
    "holiday": Holiday,
}


# Too long to be offered whole: the form searches them as one types.
LONG = frozenset({"unit", "obstacle", "visit"})
OF_UNIT = frozenset({"obstacle", "visit"})  # only those of the unit in the form are offered


def options(
    session: Session,
    source: str,
    typed: str = "",
    limit: int | None = None,
    unit_id: int | None = None,
) -> list[tuple[int, str]]:
    """(id, name) of the rows that are not archived and hold what is typed, in Persian order.

    `unit_id` narrows what belongs to units.
    """
    if source == "obstacle":  # it has no name of its own
        return obstacles.options(session, unit_id, typed, limit)
    if source == "visit":
        return visits.options(session, unit_id, typed, limit)
    model: Any = MODELS[source]
    query = select(model.id, model.name, *_more(model)).where(model.archived_on.is_(None))
    for term in text.search_terms(typed.replace("(", " ").replace(")", " ")):
        query = query.where(model.search_key.contains(term, autoescape=True))
    query = query.order_by(model.sort_key, model.id).limit(limit)
    return [(row.id, _named(row)) for row in session.execute(query)]


def label(session: Session, source: str, record_id: int) -> str:
    """The name of one row, archived or not: what was chosen once stays readable."""
    if source == "obstacle":
        return obstacles.label(session, record_id)
    if source == "visit":
        return visits.label(session, record_id)
    model: Any = MODELS[source]
    query = select(model.id, model.name, *_more(model)).where(model.id == record_id)
    row = session.execute(query).first()
    return _named(row) if row else ""


def written(session: Session, column: Any) -> list[str]:
    """Every different text written in a column so far, in Persian order."""
    found = session.scalars(select(column).where(column != "").distinct())
    return sorted(found, key=text.sort_key)


def _more(model: Any) -> tuple[Any, ...]:
    return (model.code.label("number"),) if model is Unit else ()  # two units may have one name


def _named(row: Any) -> str:
    number = getattr(row, "number", None)
    return f"{row.name} ({text.to_persian_digits(number)})" if number else str(row.name)


def _count(column: Any) -> Any:
    return (
        select(func.count())
        .select_from(Unit)
        .where(column, Unit.archived_on.is_(None), Unit.registered_on <= AS_OF)
        .scalar_subquery()
    )


def _obstacles(column: Any) -> Any:
    """How many obstacles of live units name each; counted in one look for all of them."""
    gone = select(Unit.id).where(Unit.archived_on.is_not(None))
    return (
        select(column.label("of"), func.count().label("number"))
        .where(
            column.is_not(None),
            Obstacle.archived_on.is_(None),
            Obstacle.found_on <= AS_OF,
            Obstacle.unit_id.not_in(gone),
        )
        .group_by(column)
        .subquery()
    )


def _source(
    model: Any,
    own: tuple[str, ...],
    units: Any = None,
    filters: Mapping[str, Filter] | None = None,
    obstacles: Any = None,
    sort: str = "name",
    **more: Column,
) -> Source:
    """The list of a base record: its columns, and how many units or obstacles use it."""
    used = {} if units is None else {"units": Column(_count(units))}
    named = None if obstacles is None else _obstacles(obstacles)
    if named is not None:
        used["obstacles"] = Column(func.coalesce(named.c.number, 0), joins=("obstacles",))
    return Source(
        record=model,
        columns={
            "name": Column(model.name, model.sort_key),
            **{name: Column(getattr(model, name)) for name in own},
            "archive_reason": persian(model.archive_reason),
            **used,
            **more,
        },
        joins=({"county": (County, County.id == model.county_id)}
               if hasattr(model, "county_id") else {})
        | ({} if named is None else {"obstacles": (named, named.c.of == model.id)}),
        filters={"id": Filter(one_of(model.id))}
        | ({"county_id": Filter(one_of(model.county_id))} if hasattr(model, "county_id") else {})
        | dict(filters or {}),
        search=lambda term: model.search_key.contains(term, autoescape=True),
        sort=sort,
    )  # fmt: skip


# Of a group that is active and was formed by the day: those that `tally` counts.
_ACTIVE = and_(
    JihadiGroup.active, or_(JihadiGroup.formed_on.is_(None), JihadiGroup.formed_on <= AS_OF)
)
_IN_COUNTY = Column(County.name, County.sort_key, ("county",), nullable=True)
_group_revived = (
    select(func.count())
    .select_from(Unit)
    .join(Standing, standing_on(Unit.id))
    .where(Unit.group_id == JihadiGroup.id, Unit.archived_on.is_(None), COUNTS)
    .scalar_subquery()
)
_loans = (
    select(func.count())
    .select_from(Loan)
    .join(Unit, Unit.id == Loan.unit_id)
    .where(
        Loan.bank_id == Bank.id,
        Loan.archived_on.is_(None),
        Unit.archived_on.is_(None),
        Loan.applied_on <= AS_OF,
    )
    .scalar_subquery()
)

SOURCES: dict[str, Source] = {
    "county": _source(County, ("code",), Unit.county_id == County.id),
    "estate": _source(Estate, ("kind",), Unit.estate_id == Estate.id, county=_IN_COUNTY),
    "industry": _source(Industry, ("code", "revision"), Unit.industry_id == Industry.id),
    "obstacle_kind": _source(ObstacleKind, ("code",), obstacles=Obstacle.kind_id),
    "bank": _source(Bank, ("code",), loans=Column(_loans)),
    "agency": _source(Agency, ("code",), obstacles=Obstacle.agency_id),
    "holiday": _source(Holiday, ("day",), sort="day"),
    "group": _source(
        JihadiGroup,
        ("phone", "active"),
        Unit.group_id == JihadiGroup.id,
        {"active": Filter(lambda _: _ACTIVE)},
        speciality=persian(JihadiGroup.speciality),
        leader=persian(JihadiGroup.leader),
        note=persian(JihadiGroup.note),
        county=_IN_COUNTY,
        formed_on=Column(JihadiGroup.formed_on, nullable=True),
        revived=Column(_group_revived),
    ),
}
