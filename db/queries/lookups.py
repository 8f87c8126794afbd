"""Reading the base lists: as lists of their own, and as choices for a link in a form."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from db.models import Bank, County, Estate, Industry, JihadiGroup, Loan, ObstacleKind, Revival, Unit
from db.queries.listing import AS_OF, Column, Filter, Source, one_of
from db.queries.units import first_by_as_of

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from db.models.base import Record

MODELS: dict[str, type[Record]] = {
    "county": County,
    "estate": Estate,
    "industry": Industry,
    "obstacle_kind": ObstacleKind,
    "bank": Bank,
    "group": JihadiGroup,
    "unit": Unit,
}


def options(session: Session, source: str) -> list[tuple[int, str]]:
    """(id, name) of the rows of a list that are not archived, in Persian order."""
    model: Any = MODELS[source]
    label = model.name
    if source == "unit":  # two units may have one name
        label = model.name + " (" + model.code + ")"
    query = select(model.id, label).where(model.archived_on.is_(None))
    return [(row[0], row[1]) for row in session.execute(query.order_by(model.sort_key, model.id))]


def label(session: Session, source: str, record_id: int) -> str:
    """The name of one row, archived or not: what was chosen once stays readable."""
    model: Any = MODELS[source]
    return session.scalar(select(model.name).where(model.id == record_id)) or ""


def _count(column: Any) -> Any:
    return (
        select(func.count())
        .select_from(Unit)
        .where(column, Unit.archived_on.is_(None))
        .scalar_subquery()
    )


def _source(model: Any, own: tuple[str, ...], units: Any = None, **more: Column) -> Source:
    """The list of a base record: its columns, and how many units use it."""
    used = {} if units is None else {"units": Column(_count(units))}
    return Source(
        record=model,
        columns={
            "name": Column(model.name, model.sort_key),
            **{name: Column(getattr(model, name)) for name in own},
            "archive_reason": Column(model.archive_reason),
            **used,
            **more,
        },
        joins={"county": (County, County.id == model.county_id)}
        if hasattr(model, "county_id")
        else {},
        filters={"id": Filter(one_of(model.id))}
        | ({"county_id": Filter(one_of(model.county_id))} if hasattr(model, "county_id") else {}),
        search=lambda term: model.search_key.contains(term, autoescape=True),
        sort="name",
    )


_IN_COUNTY = Column(County.name, County.sort_key, ("county",), nullable=True)
_group_revived = (
    select(func.count())
    .select_from(Revival)
    .join(Unit, Unit.id == Revival.unit_id)
    .where(Unit.group_id == JihadiGroup.id, Unit.archived_on.is_(None), first_by_as_of(Revival))
    .scalar_subquery()
)
_loans = (
    select(func.count())
    .select_from(Loan)
    .where(Loan.bank_id == Bank.id, Loan.archived_on.is_(None), Loan.applied_on <= AS_OF)
    .scalar_subquery()
)

SOURCES: dict[str, Source] = {
    "county": _source(County, ("code",), Unit.county_id == County.id),
    "estate": _source(Estate, ("kind",), Unit.estate_id == Estate.id, county=_IN_COUNTY),
    "industry": _source(Industry, ("code", "revision"), Unit.industry_id == Industry.id),
    "obstacle_kind": _source(ObstacleKind, ("code",)),
    "bank": _source(Bank, ("code",), loans=Column(_loans)),
    "group": _source(
        JihadiGroup,
        ("speciality", "leader", "phone", "active", "note"),
        Unit.group_id == JihadiGroup.id,
        county=_IN_COUNTY,
        formed_on=Column(JihadiGroup.formed_on, nullable=True),
        revived=Column(_group_revived),
    ),
}
