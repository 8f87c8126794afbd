"""Reading loans: the list with its filters, one loan, its tranches."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, case, func, or_, select
from sqlalchemy.orm import aliased

from db import text
from db.models import Bank, County, Loan, Position, Standing, Tranche, Unit, Visit
from db.queries import positions
from db.queries.listing import AS_OF, Column, Filter, Source, between, one_of, persian

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from sqlalchemy import ColumnElement, Select
    from sqlalchemy.orm import Session

_numbered = aliased(Loan, name="numbered")
PAID = (
    select(func.coalesce(func.sum(Tranche.amount), 0))
    .where(Tranche.loan_id == Loan.id, Tranche.archived_on.is_(None), Tranche.day <= AS_OF)
    .scalar_subquery()
)
ANY_PAID = select(Tranche.loan_id).where(Tranche.archived_on.is_(None), Tranche.day <= AS_OF)
STAGE = case(
    (Loan.withdrawn_on <= AS_OF, "withdrawn"),
    (Loan.rejected_on <= AS_OF, "rejected"),
    (Loan.amount_approved <= PAID, "paid_out"),
    (PAID > 0, "paying"),
    (Loan.contract_on <= AS_OF, "contract"),
    (Loan.approved_on <= AS_OF, "approved"),
    (Loan.introduced_on <= AS_OF, "introduced"),
    else_="applied",
)
STANDS = and_(
    Loan.approved_on <= AS_OF,
    or_(Loan.rejected_on.is_(None), Loan.rejected_on > AS_OF),
    or_(Loan.withdrawn_on.is_(None), Loan.withdrawn_on > AS_OF),
)


def _stood(told: Any) -> Any:
    """What the position of a loan tells by the day; null without instalments."""
    return select(told).where(positions.held(Loan.id)).correlate(Loan).scalar_subquery()


def newest_heads(unit_id: Any) -> Select[int]:
    """The heads at work that the newest follow-up of a unit has found by the day."""
    return (
        select(Visit.heads)
        .where(
            Visit.unit_id == unit_id,
            Visit.archived_on.is_(None),
            Visit.review == "accepted",
            Visit.kind == "follow_up",
            Visit.day <= AS_OF,
        )
        .order_by(Visit.day.desc(), Visit.id.desc())
        .limit(1)
    )


# Above what the unit was found with.
_HEADS = newest_heads(Loan.unit_id).correlate(Loan).scalar_subquery()
JOBS_MADE = case((Unit.found_jobs < _HEADS, _HEADS - Unit.found_jobs), (_HEADS.is_not(None), 0))
_BEHIND = select(Position.loan_id).where(
    Position.until > AS_OF, Position.since <= AS_OF, positions.BEHIND
)
_REVIVED = select(Standing.unit_id).where(
    Standing.since <= AS_OF, Standing.until > AS_OF, Standing.counted
)
NOT_REVIVED = and_(Loan.id.in_(ANY_PAID), Loan.unit_id.not_in(_REVIVED))
_OWN = (
    "contract", "purpose", "method", "amount_asked", "rate", "months", "grace_months",
    "grace_profit", "penalty_points", "applied_on", "sheba", "jobs_promised",
)  # fmt: skip
_PERSIAN = ("branch", "contract_no", "guarantors", "note", "archive_reason")
_NULLABLE = (
    "amount_approved", "introduced_on", "approved_on", "contract_on", "first_due_on",
    "rejected_on", "withdrawn_on", "archived_on",
)  # fmt: skip


def _search(term: str) -> ColumnElement[bool]:
    """By the unit, or by the contract's number, whose digits are stored as they were typed,
    Persian or Latin.
    """
    if not any(char.isdigit() for char in term):
        return Unit.search_key.contains(term, autoescape=True)
    # Each found in one look through its own index; asked of every loan they cost thrice as much.
    return or_(Loan.unit_id.in_(units_called(term)), Loan.id.in_(numbered(term)))


def units_called(term: str) -> Select[int]:
    """The ids of the units that a search term finds."""
    holds = Unit.search_key.contains(term, autoescape=True)
    return select(Unit.id).where(Unit.archived_on.is_(None), holds)


def numbered(term: str) -> Select[int]:
    """The ids of the loans with a part of a contract's number."""
    spellings = sorted({term, text.to_persian_digits(term)})
    holds = or_(*(_numbered.contract_no.contains(each, autoescape=True) for each in spellings))
    return select(_numbered.id).where(_numbered.archived_on.is_(None), holds)


SOURCE = Source(
    record=Loan,
    columns={
        "unit": Column(Unit.name, (Unit.sort_key, Unit.id), ("unit",)),
        "unit_id": Column(Loan.unit_id),
        "unit_code": Column(Unit.code, joins=("unit",)),
        "county": Column(County.name, County.sort_key, ("unit", "county")),
        "bank": Column(Bank.name, Bank.sort_key, ("bank",)),
        "stage": Column(STAGE),
        "paid": Column(PAID),
        "repaid": Column(_stood(Position.repaid_principal + Position.repaid_profit), nullable=True),
        "balance": Column(_stood(Position.principal + Position.profit), nullable=True),
        "overdue": Column(
            _stood(case((positions.BEHIND, positions.OVERDUE), else_=0)), nullable=True
        ),
        "days_late": Column(_stood(positions.DAYS_LATE), nullable=True),
        "loan_class": Column(_stood(positions.CLASS), _stood(positions.BY_CLASS), nullable=True),
        "jobs_made": Column(JOBS_MADE, joins=("unit",), nullable=True),
        "rial_per_job": Column(
            case((JOBS_MADE > 0, PAID // JOBS_MADE)), joins=("unit",), nullable=True
        ),
        "approved_standing": Column(case((STANDS, Loan.amount_approved), else_=0)),
        **{name: Column(getattr(Loan, name)) for name in _OWN},
        **{name: persian(getattr(Loan, name)) for name in _PERSIAN},
        **{name: Column(getattr(Loan, name), nullable=True) for name in _NULLABLE},
    },
    joins={
        "unit": (Unit, and_(Unit.id == Loan.unit_id, Unit.archived_on.is_(None))),
        "county": (County, County.id == Unit.county_id),
        "bank": (Bank, Bank.id == Loan.bank_id),
    },
    filters={
        "id": Filter(one_of(Loan.id)),
        "unit_id": Filter(one_of(Loan.unit_id)),
        "bank_id": Filter(one_of(Loan.bank_id)),
        "county_id": Filter(one_of(Unit.county_id), ("unit",)),
        "purpose": Filter(one_of(Loan.purpose)),
        "stage": Filter(one_of(STAGE)),
        "standing": Filter(lambda _: STANDS),
        "has_paid": Filter(lambda _: Loan.id.in_(ANY_PAID)),
        "applied_on": Filter(between(Loan.applied_on)),
        "approved_on": Filter(between(Loan.approved_on)),
        "method": Filter(one_of(Loan.method)),
        "loan_class": Filter(one_of(_stood(positions.CLASS))),
        "behind": Filter(lambda _: Loan.id.in_(_BEHIND)),
        "not_revived": Filter(lambda _: NOT_REVIVED),
    },
    search=_search,
    searched=("unit",),
    sort="unit",
    born=Loan.applied_on,
    # Loans of an archived unit are gone with it.
    where=Loan.unit_id.not_in(select(Unit.id).where(Unit.archived_on.is_not(None))),
    required=frozenset({"unit", "county", "bank"}),
    days=positions.days,
)


def get(session: Session, loan_id: int) -> Loan:
    """Raises NoResultFound for an id that is not there."""
    return session.get_one(Loan, loan_id)


def tranches(session: Session, loan_id: int) -> Sequence[Tranche]:
    """The payouts of a loan in order, the archived left out."""
    query = select(Tranche).where(Tranche.loan_id == loan_id, Tranche.archived_on.is_(None))
    return session.scalars(query.order_by(Tranche.day, Tranche.number)).all()


def stage(session: Session, loan_id: int, as_of: date) -> str:
    """How far the loan is by the end of a day."""
    return str(session.scalar(select(STAGE).where(Loan.id == loan_id), {"as_of": as_of}))
