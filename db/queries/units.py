"""Reading units: the list with its filters, one unit, and likely duplicates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import and_, case, func, not_, or_, select

from db import text
from db.models import (
    County,
    Estate,
    Industry,
    JihadiGroup,
    Loan,
    Programme,
    Revival,
    Standing,
    Tranche,
    Unit,
)
from db.queries.listing import AS_OF, Column, Filter, Source, between, one_of, persian
from db.rules.standing import STAGES

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import InstrumentedAttribute, Session

    from db.rules.stage_reasons import Reason


def standing_on(
    unit_id: ColumnElement[int] | InstrumentedAttribute[int] | int,
) -> ColumnElement[bool]:
    """True of the one span of a unit that holds by the end of `as_of`."""
    return and_(Standing.unit_id == unit_id, Standing.until > AS_OF, Standing.since <= AS_OF)


BASELINE_ON, BASELINE_KIND = (
    select(column)
    .where(Programme.archived_on.is_(None))
    .order_by(Programme.id.desc())
    .limit(1)
    .scalar_subquery()
    for column in (Programme.baseline_on, Programme.baseline_kind)
)
# True of a return that is not in the baseline's number already.
_apart = or_(BASELINE_KIND == "records", Standing.returned_on > BASELINE_ON)
CLAIMS = and_(Standing.claimed, _apart)
COUNTS = and_(Standing.counted, _apart)
STAGE = case((Unit.archived_on.is_not(None), "archived"), else_=Standing.stage)
_in_order = case({stage: place for place, stage in enumerate(STAGES)}, value=Standing.stage)
_jobs_more = Standing.jobs_after - Unit.found_jobs
JOBS_CREATED = case((_jobs_more > 0, _jobs_more), else_=0)  # a loss is not a negative creation
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
    "first_visit_due_on", "archived_on",
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
        "stage": Column(STAGE, _in_order, ("standing",), nullable=True),
        "missing": Column(func.nullif(Standing.missing, ""), joins=("standing",), nullable=True),
        "returned_on": Column(Standing.returned_on, joins=("standing",), nullable=True),
        "jobs_after": Column(Standing.jobs_after, joins=("standing",), nullable=True),
        "capacity_after": Column(Standing.capacity_after, joins=("standing",), nullable=True),
        "stopped_on": Column(Standing.stopped_on, joins=("standing",), nullable=True),
        "claimed": Column(CLAIMS, joins=("standing",), nullable=True),
        "counted": Column(COUNTS, joins=("standing",), nullable=True),
        "sustained": Column(Standing.sustained, joins=("standing",), nullable=True),
        "stopped": Column(Standing.stopped, joins=("standing",), nullable=True),
        "jobs_created": Column(JOBS_CREATED, joins=("standing",)),
        "loans": Column(_loans),
        "paid": Column(_paid),
    },
    joins={
        "county": (County, County.id == Unit.county_id),
        "estate": (Estate, Estate.id == Unit.estate_id),
        "industry": (Industry, Industry.id == Unit.industry_id),
        "group": (JihadiGroup, JihadiGroup.id == Unit.group_id),
        "standing": (Standing, standing_on(Unit.id)),
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
        "stage": Filter(one_of(Standing.stage), ("standing",)),
        "missing": Filter(one_of(Standing.missing), ("standing",)),
        "claimed": Filter(lambda _: CLAIMS, ("standing",)),
        "counted": Filter(lambda _: COUNTS, ("standing",)),
        "unproven": Filter(lambda _: and_(CLAIMS, not_(Standing.counted)), ("standing",)),
        "sustained": Filter(lambda _: and_(COUNTS, Standing.sustained), ("standing",)),
        "running": Filter(lambda _: and_(COUNTS, not_(Standing.stopped)), ("standing",)),
        "returned_on": Filter(between(Standing.returned_on), ("standing",)),
        "stopped_on": Filter(between(Standing.stopped_on), ("standing",)),
    },
    search=lambda term: Unit.search_key.contains(term, autoescape=True),
    sort="name",
    born=Unit.registered_on,
    required=frozenset({"county"}),
)


def get(session: Session, unit_id: int) -> Unit:
    """Raises NoResultFound for an id that is not there."""
    return session.get_one(Unit, unit_id)


def stage(session: Session, unit_id: int, as_of: date) -> str:
    """How far the unit has come by the end of a day (a `db.rules.standing.Stage`, or archived)."""
    query = (
        select(STAGE)
        .select_from(Unit)
        .outerjoin(Standing, standing_on(Unit.id))
        .where(Unit.id == unit_id)
    )
    return str(session.scalar(query, {"as_of": as_of}))


def span(session: Session, unit_id: int, as_of: date) -> Standing | None:
    """How the unit stands by the end of a day; None before its registration, or if archived."""
    query = select(Standing).where(standing_on(unit_id))
    return session.scalars(query, {"as_of": as_of}).first()


def reasons(session: Session, unit_id: int, as_of: date) -> list[Reason]:
    """Why the unit stands where it does by the end of a day; nothing for an archived one."""
    from db.rules import stage_reasons
    from db.standing import facts_of

    facts = facts_of(session.connection(), unit_id)
    if facts is None or facts.registered_on > as_of:
        return []
    return stage_reasons.reasons(facts, as_of)


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
