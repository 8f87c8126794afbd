"""How the repayment of loans stands by the end of `AS_OF`, as parts of a query.

`db.repaid` keeps the rows of `position` and `instalment` these speak of.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import Date, Integer, and_, bindparam, case, func, select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

from db.calendar import FIRST_DAY, add_months
from db.models import Instalment, Position
from db.queries.listing import AS_OF
from db.rules.arrears import AGE_MONTHS, CLASS_OF_AGE, CLASSES, Cutoffs, cutoffs, last_over

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import InstrumentedAttribute
    from sqlalchemy.sql.compiler import SQLCompiler

    from db.rules.arrears import Age

_BY = {name: bindparam(f"{name}_by", type_=Date) for name in (*Cutoffs._fields, *AGE_MONTHS)}
_NEXT_MONTH = bindparam("next_month", type_=Date)


def days(as_of: date) -> dict[str, date]:
    """The values of `AS_OF` and of the days that end each class and each age."""
    ends = {
        **cutoffs(as_of)._asdict(),
        **{str(age): last_over(as_of, months) for age, months in AGE_MONTHS.items()},
    }
    next_month = add_months(max(FIRST_DAY, as_of - timedelta(days=1)), 1)
    return {
        "as_of": as_of,
        "next_month": next_month,
        **{f"{name}_by": day for name, day in ends.items()},
    }


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
_ours = and_(Instalment.loan_id == Position.loan_id, in_force())
_past = and_(_ours, unpaid(), Instalment.due_on < AS_OF)
_to_come = and_(_ours, Instalment.due_on >= AS_OF)


def _total(condition: ColumnElement[bool]) -> Any:
    total = select(func.sum(Instalment.principal + Instalment.profit)).where(condition)
    return total.correlate(Position).scalar_subquery()


# Of the loan of a position: rial that were to be paid before this day, and how many instalments.
OVERDUE = case(
    # Of what is late for more than a year there are mostly fewer instalments to come than late.
    (
        Position.oldest_due_on <= _BY["upto_18"],
        Position.principal + Position.profit - func.coalesce(_total(_to_come), 0),
    ),
    (BEHIND, _total(_past) - Position.oldest_paid),
    else_=0,
)
COUNT_OVERDUE = select(func.count(Instalment.id)).where(_past).correlate(Position).scalar_subquery()
DAYS_LATE = case((BEHIND, days_between(Position.oldest_due_on, AS_OF)))
CLASS = case(
    (Position.oldest_due_on <= _BY["doubtful"], "doubtful"),
    (Position.oldest_due_on <= _BY["overdue"], "overdue"),
    (Position.oldest_due_on <= _BY["past_due"], "past_due"),
    (Position.rescheduled.is_(True), "past_due"),
    else_="current",
)


def age_as(told: Callable[[Age], Any]) -> Any:
    """The age of a loan, each told in its own way: by its word, or by a number."""
    ends: list[Age] = [age for age in reversed(AGE_MONTHS) if age not in ("upto_2", "upto_1")]
    behind = case(
        *((Position.oldest_due_on <= _BY[age], told(age)) for age in ends),
        (Position.rescheduled.is_(True), told("rescheduled")),
        (Position.oldest_due_on <= _BY["upto_2"], told("upto_2")),
        else_=told("upto_1"),
    )
    return case(
        (BEHIND, behind),
        (Position.rescheduled.is_(True), told("rescheduled")),
        else_=told("on_time"),
    )


AGE = age_as(lambda age: age)
BY_AGE = age_as(list(CLASS_OF_AGE).index)
# Instalments are a month apart: before an unpaid one of less than a month ahead none is to come
# that is paid already. Where the bank's paper has other days this does not hold.
NONE_AHEAD = Position.oldest_due_on < _NEXT_MONTH
BY_CLASS = case({each: place for place, each in enumerate(CLASSES)}, value=CLASS)
