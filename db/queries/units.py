"""Reading units: the list with its filters, one unit, and likely duplicates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, case, func, select
from sqlalchemy.orm import aliased

from db import text
from db.models import County, Estate, Industry, JihadiGroup, Loan, Programme, Revival, Tranche, Unit
from db.queries.listing import AS_OF, Column, Filter, Source, between, one_of, persian

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

First = aliased(Revival, name="first")
Last = aliased(Revival, name="last")
_other = aliased(Revival, name="other")


def _happened(revival: Any) -> ColumnElement[bool]:
    return and_(revival.archived_on.is_(None), revival.returned_on <= AS_OF)


def first_by_as_of(revival: Any) -> ColumnElement[bool]:
    """True of a unit's first return by `as_of`: the one by which it counts."""
    # The first of all, so no day is asked of the others.
    first = _foremost(revival, _other.returned_on, _other.id)
    return and_(_happened(revival), revival.id == first)


def last_by_as_of(revival: Any) -> ColumnElement[bool]:
    """True of a unit's newest return by `as_of`: it says whether the unit still runs."""
    last = _foremost(revival, _other.returned_on.desc(), _other.id.desc(), by=AS_OF)
    return and_(_happened(revival), revival.id == last)


def _foremost(revival: Any, *order: Any, by: ColumnElement[date] | None = None) -> Any:
    """Read off an end of the index: half as dear as to look for none before it."""
    of_unit = select(_other.id).where(
        _other.unit_id == revival.unit_id, _other.archived_on.is_(None)
    )
    if by is not None:
        of_unit = of_unit.where(_other.returned_on <= by)
    return of_unit.order_by(*order).limit(1).correlate(revival).scalar_subquery()


BASELINE_ON = (
    select(Programme.baseline_on)
    .where(Programme.archived_on.is_(None))
    .order_by(Programme.id.desc())
    .limit(1)
    .scalar_subquery()
)
_jobs_more = First.jobs_after - Unit.found_jobs
STOPPED = Last.stopped_on <= AS_OF
STATE = case((Last.id.is_(None), Unit.found_state), (STOPPED, "stopped"), else_="revived")
_paid = (
    select(func.coalesce(func.sum(Tranche.amount), 0))
    .join(Loan, Loan.id == Tranche.loan_id)
    .where(
        Loan.unit_id == Unit.id,
        Loan.archived_on.is_(None),
        Tranche.archived_on.is_(None),
        Tranche.day <= AS_OF,
    )
    .scalar_subquery()
)
_loans = (
    select(func.count())
    .select_from(Loan)
    .where(Loan.unit_id == Unit.id, Loan.archived_on.is_(None), Loan.applied_on <= AS_OF)
    .scalar_subquery()
)

_OWN = (
    "code", "person_kind", "national_code", "legal_national_id", "registration_no", "economic_no",
    "sso_workshop_code", "mobile", "phone", "postal_code", "licence_no", "found_state",
    "found_jobs", "registered_on", "sector",
)  # fmt: skip
_NULLABLE = (
    "latitude", "longitude", "licence_on", "nominal_capacity", "stagnant_since", "found_capacity",
    "archived_on",
)  # fmt: skip
_PERSIAN = (
    "owner", "manager", "address", "product", "capacity_measure", "note", "archive_reason",
)  # fmt: skip

SOURCE = Source(
    record=Unit,
    columns={
        "name": Column(Unit.name, Unit.sort_key),
        **{name: Column(getattr(Unit, name)) for name in _OWN},
        **{name: Column(getattr(Unit, name), nullable=True) for name in _NULLABLE},
        **{name: persian(getattr(Unit, name)) for name in _PERSIAN},
        "county": Column(County.name, County.sort_key, ("county",)),
        "estate": Column(Estate.name, Estate.sort_key, ("estate",), nullable=True),
        "industry": Column(Industry.name, Industry.sort_key, ("industry",), nullable=True),
        "group": Column(JihadiGroup.name, JihadiGroup.sort_key, ("group",), nullable=True),
        "state": Column(STATE, joins=("last",)),
        "returned_on": Column(First.returned_on, joins=("first",), nullable=True),
        "jobs_after": Column(First.jobs_after, joins=("first",), nullable=True),
        "capacity_after": Column(First.capacity_after, joins=("first",), nullable=True),
        "stopped_on": Column(case((STOPPED, Last.stopped_on)), joins=("last",), nullable=True),
        "counted": Column(First.returned_on > BASELINE_ON, joins=("first",), nullable=True),
        "stopped": Column(STOPPED, joins=("last",), nullable=True),
        "jobs_created": Column(case((_jobs_more > 0, _jobs_more), else_=0), joins=("first",)),
        "loans": Column(_loans),
        "paid": Column(_paid),
    },
    joins={
        "county": (County, County.id == Unit.county_id),
        "estate": (Estate, Estate.id == Unit.estate_id),
        "industry": (Industry, Industry.id == Unit.industry_id),
        "group": (JihadiGroup, JihadiGroup.id == Unit.group_id),
        "first": (First, and_(First.unit_id == Unit.id, first_by_as_of(First))),
        "last": (Last, and_(Last.unit_id == Unit.id, last_by_as_of(Last))),
    },
    filters={
        "id": Filter(one_of(Unit.id)),
        "county_id": Filter(one_of(Unit.county_id)),
        "estate_id": Filter(one_of(Unit.estate_id)),
        "industry_id": Filter(one_of(Unit.industry_id)),
        "group_id": Filter(one_of(Unit.group_id)),
        "sector": Filter(one_of(Unit.sector)),
        "found_state": Filter(one_of(Unit.found_state)),
        "registered_on": Filter(between(Unit.registered_on)),
        "state": Filter(one_of(STATE), ("last",)),
        "returned_on": Filter(between(First.returned_on), ("first",)),
        "stopped_on": Filter(between(case((STOPPED, Last.stopped_on))), ("last",)),
    },
    search=lambda term: Unit.search_key.contains(term, autoescape=True),
    sort="name",
    born=Unit.registered_on,
    required=frozenset({"county"}),
)


def get(session: Session, unit_id: int) -> Unit:
    """Raises NoResultFound for an id that is not there."""
    return session.get_one(Unit, unit_id)


def state(session: Session, unit_id: int, as_of: date) -> str:
    """How the unit stands by the end of a day: as found, revived, or stopped again."""
    query = (
        select(STATE)
        .select_from(Unit)
        .outerjoin(Last, and_(Last.unit_id == Unit.id, last_by_as_of(Last)))
        .where(Unit.id == unit_id)
    )
    return str(session.scalar(query, {"as_of": as_of}))


def revivals(session: Session, unit_id: int) -> Sequence[Revival]:
    """The returns of a unit in order of their days, the archived left out."""
    query = (
        select(Revival)
        .where(Revival.unit_id == unit_id, Revival.archived_on.is_(None))
        .order_by(Revival.returned_on, Revival.id)
    )
    return session.scalars(query).all()


def similar(
    session: Session, name: str, county_id: int, but: int | None = None, least: int = 90
) -> list[tuple[int, str, str]]:
    """(id, name, code) of live units of the county whose names are `least` percent alike.

    By their sort keys, spaces aside: an index has these, and 29,000 names take a third of the time.
    """
    from rapidfuzz import fuzz, process

    query = select(Unit.id, func.replace(Unit.sort_key, " ", "")).where(
        Unit.county_id == county_id, Unit.archived_on.is_(None), Unit.id != (but or 0)
    )
    keys = {row[0]: row[1] for row in session.execute(query)}
    wanted = text.sort_key(name).replace(" ", "")
    found = process.extract(wanted, keys, scorer=fuzz.ratio, score_cutoff=least, limit=3)
    units = {number: session.get_one(Unit, number) for _, _, number in found}
    return [(number, unit.name, unit.code) for number, unit in units.items()]
