"""How the repayment of loans stands by the end of `AS_OF`, as parts of a query.

`db.repaid` keeps the rows of `position` and `instalment` these speak of.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import Date, Integer, and_, bindparam, case, func, select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

from db.models import Instalment, Position
from db.queries.listing import AS_OF
from db.rules.arrears import CLASSES, Cutoffs, cutoffs

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import InstrumentedAttribute
    from sqlalchemy.sql.compiler import SQLCompiler

_BY = {name: bindparam(f"{name}_by", type_=Date) for name in Cutoffs._fields}


def days(as_of: date) -> dict[str, date]:
    """The values of `AS_OF` and of the days that end each class."""
    ends = cutoffs(as_of)._asdict()
    return {"as_of": as_of, **{f"{name}_by": day for name, day in ends.items()}}


class days_between(FunctionElement[int]):  # noqa: N801 - it stands among the functions of SQL
    """Whole days from the first of two days to the second."""

    type = Integer()
    inherit_cache = True


@compiles(days_between)
def _minus(element: Any, compiler: SQLCompiler, **kept: Any) -> str:
    first, second = (compiler.process(each, **kept) for each in element.clauses)
    return f"({second} - {first})"


@compiles(days_between, "sqlite")
def _by_julian_day(element: Any, compiler: SQLCompiler, **kept: Any) -> str:
    first, second = (compiler.process(each, **kept) for each in element.clauses)
    return f"CAST(julianday({second}) - julianday({first}) AS INTEGER)"


def held(loan_id: ColumnElement[int] | InstrumentedAttribute[int]) -> ColumnElement[bool]:
    """True of the one position of a loan that holds."""
    return and_(Position.loan_id == loan_id, Position.until > AS_OF, Position.since <= AS_OF)


def in_force(of: Any = Instalment) -> ColumnElement[bool]:
    """True of the instalments of the schedule that is in force."""
    return and_(of.since <= AS_OF, of.until > AS_OF)


def unpaid(of: Any = Instalment) -> ColumnElement[bool]:
    """True of an instalment in force that is not paid whole, beside its loan's position."""
    return and_(of.due_on >= Position.oldest_due_on, of.principal + of.profit > 0)


def left(of: Any = Instalment) -> ColumnElement[int]:
    """Rial still to be paid of an unpaid instalment, penalties apart."""
    is_oldest = of.due_on == Position.oldest_due_on
    whole: ColumnElement[int] = of.principal + of.profit
    return whole - case((is_oldest, Position.oldest_paid), else_=0)


BEHIND = Position.oldest_due_on < AS_OF
_past = and_(
    Instalment.loan_id == Position.loan_id, in_force(), unpaid(), Instalment.due_on < AS_OF
)
# Of the loan of a position: rial that were to be paid before this day, and how many instalments.
OVERDUE = func.coalesce(
    select(func.sum(Instalment.principal + Instalment.profit))
    .where(_past)
    .correlate(Position)
    .scalar_subquery(),
    0,
) - case((BEHIND, Position.oldest_paid), else_=0)
COUNT_OVERDUE = select(func.count(Instalment.id)).where(_past).correlate(Position).scalar_subquery()
DAYS_LATE = case((BEHIND, days_between(Position.oldest_due_on, AS_OF)))
CLASS = case(
    (Position.oldest_due_on <= _BY["doubtful"], "doubtful"),
    (Position.oldest_due_on <= _BY["overdue"], "overdue"),
    (Position.oldest_due_on <= _BY["past_due"], "past_due"),
    (Position.rescheduled.is_(True), "past_due"),
    else_="current",
)
BY_CLASS = case({each: place for place, each in enumerate(CLASSES)}, value=CLASS)
