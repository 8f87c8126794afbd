"""Reading loans: the list with its filters, one loan, its tranches."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import BigInteger, and_, case, cast, func, or_, select
from sqlalchemy.orm import aliased

from db import text
from db.models import (
    Bank,
    County,
    Instalment,
    Loan,
    Payment,
    Position,
    Standing,
    Tranche,
    Unit,
    Visit,
)
from db.queries import positions
from db.queries.fell_due import COLLECTED, FALLEN, REPAID
from db.queries.listing import AS_OF, Column, Filter, Source, between, one_of, persian

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
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


STAGES: Final = ("applied", "introduced", "approved", "contract", "paying", "paid_out", "rejected",
                 "withdrawn")  # fmt: skip


def stage_as(told: Callable[[str], Any], paid: Any) -> Any:
    """How far a loan is, each stage told by its word or by a number; `paid` out in rial."""
    return case(
        (Loan.withdrawn_on <= AS_OF, told("withdrawn")),
        (Loan.rejected_on <= AS_OF, told("rejected")),
        (Loan.amount_approved <= paid, told("paid_out")),
        (paid > 0, told("paying")),
        (Loan.contract_on <= AS_OF, told("contract")),
        (Loan.approved_on <= AS_OF, told("approved")),
        (Loan.introduced_on <= AS_OF, told("introduced")),
        else_=told("applied"),
    )


STAGE = stage_as(str, PAID)
STANDS = and_(
    Loan.approved_on <= AS_OF,
    or_(Loan.rejected_on.is_(None), Loan.rejected_on > AS_OF),
    or_(Loan.withdrawn_on.is_(None), Loan.withdrawn_on > AS_OF),
)


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


def jobs_made(heads: Any) -> Any:
    """Above what the unit was found with: a loss is not a negative creation."""
    more = heads - Unit.found_jobs
    return case((heads > Unit.found_jobs, more), (heads.is_not(None), 0))


_JOBS_MADE = jobs_made(newest_heads(Loan.unit_id).correlate(Loan).scalar_subquery())
_of_unit: Any = aliased(Loan, name="of_unit")
# All that was paid out to the unit of a loan: its jobs are told of each of its loans.
_PAID_TO_UNIT = (
    select(cast(func.sum(Tranche.amount), BigInteger))
    .join(_of_unit, _of_unit.id == Tranche.loan_id)
    .where(
        _of_unit.unit_id == Loan.unit_id,
        _of_unit.archived_on.is_(None),
        Tranche.archived_on.is_(None),
        Tranche.day <= AS_OF,
    )
    .correlate(Loan)
    .scalar_subquery()
)
_first_paid = (
    select(func.min(_of_unit.id))
    .where(
        _of_unit.unit_id == Loan.unit_id,
        _of_unit.archived_on.is_(None),
        _of_unit.id.in_(ANY_PAID),
    )
    .correlate(Loan)
    .scalar_subquery()
)
# Beside one loan of the unit only: so they can be added up.
_JOBS_COUNTED = case((Loan.id == _first_paid, _JOBS_MADE))
_BEHIND = select(Position.loan_id).where(
    Position.until > AS_OF, Position.since <= AS_OF, positions.BEHIND
)
_SCHEDULED = select(Position.loan_id).where(Position.until > AS_OF, Position.since <= AS_OF)
REVIVED = select(Standing.unit_id).where(
    Standing.since <= AS_OF, Standing.until > AS_OF, Standing.counted
)
NOT_REVIVED = and_(Loan.id.in_(ANY_PAID), Loan.unit_id.not_in(REVIVED))
_ANY_RECEIVED = select(Payment.loan_id).where(Payment.archived_on.is_(None), Payment.day <= AS_OF)
_FELL_DUE = (
    select(Instalment.loan_id)
    .join(Position, positions.held(Instalment.loan_id))
    .where(positions.in_force(), FALLEN)
)
# What the position of a loan tells by the day, and what that is sorted by.
_REPAYMENT: dict[str, tuple[Any, Any]] = {
    name: (value, value)
    for name, value in (
        ("repaid", REPAID),
        ("balance", Position.principal + Position.profit),
        ("due", COLLECTED + positions.OVERDUE),
        ("overdue", positions.OVERDUE),
        ("days_late", positions.DAYS_LATE),
    )
} | {
    "loan_class": (positions.CLASS, positions.BY_CLASS),
    "age": (positions.AGE, positions.BY_AGE),
}


def _stood(told: Any) -> Any:
    """Null without instalments."""
    return case((Position.id.is_not(None), told))


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
        **{
            name: Column(_stood(value), _stood(order), ("position",), nullable=True)
            for name, (value, order) in _REPAYMENT.items()
        },
        "jobs_made": Column(_JOBS_MADE, joins=("unit",), nullable=True),
        "rial_per_job": Column(
            case((_JOBS_MADE > 0, _PAID_TO_UNIT // _JOBS_MADE)), joins=("unit",), nullable=True
        ),
        "jobs_counted": Column(_JOBS_COUNTED, joins=("unit",), nullable=True),
        "revived": Column(Loan.unit_id.in_(REVIVED)),
        "approved_standing": Column(case((STANDS, Loan.amount_approved), else_=0)),
        **{name: Column(getattr(Loan, name)) for name in _OWN},
        **{name: persian(getattr(Loan, name)) for name in _PERSIAN},
        **{name: Column(getattr(Loan, name), nullable=True) for name in _NULLABLE},
    },
    joins={
        "unit": (Unit, and_(Unit.id == Loan.unit_id, Unit.archived_on.is_(None))),
        "county": (County, County.id == Unit.county_id),
        "bank": (Bank, Bank.id == Loan.bank_id),
        "position": (Position, positions.held(Loan.id)),
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
        "loan_class": Filter(one_of(_stood(positions.CLASS)), ("position",)),
        "age": Filter(one_of(_stood(positions.AGE)), ("position",)),
        "unscheduled": Filter(lambda _: and_(Loan.id.in_(ANY_PAID), Loan.id.not_in(_SCHEDULED))),
        "paid_on": Filter(lambda days: Loan.id.in_(ANY_PAID.where(between(Tranche.day)(days)))),
        "received_on": Filter(
            lambda days: Loan.id.in_(_ANY_RECEIVED.where(between(Payment.day)(days)))
        ),
        "fell_due_on": Filter(
            lambda days: Loan.id.in_(_FELL_DUE.where(between(Instalment.due_on)(days)))
        ),
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
