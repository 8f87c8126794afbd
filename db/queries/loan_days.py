"""What was approved, paid out, fell due and was received in each Jalali month, and what is to come.

Days are added up by the indexes that begin with them, for all loans; the few that do not count
are taken off in the end, which is quicker than to ask for the loan of every row.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import Date, and_, bindparam, func, or_, select

from db import calendar
from db.models import Instalment, Loan, Payment, Position, Tranche
from db.queries import positions
from db.queries.fell_due import CORRECTED, REPAID, SETTLED
from db.queries.listing import AS_OF
from db.queries.loan_sums import ARCHIVED
from db.queries.loans import STANDS

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from sqlalchemy.orm import Session

    Months = Counter[tuple[int, int]]  # rial by Jalali (year, month)

_LAST = bindparam("last", type_=Date)
_TOTAL: Any = Instalment.principal + Instalment.profit
_GONE = (
    select(Loan.id).where(Loan.archived_on.is_not(None)),
    select(Loan.id).where(Loan.archived_on.is_(None), Loan.unit_id.in_(ARCHIVED)),
)
_held = and_(Position.until > AS_OF, Position.since <= AS_OF)


def _by_day(day: Any, *values: Any) -> Any:
    return select(day, *map(func.sum, values)).group_by(day)


def _entered(of: Any) -> tuple[Any, ...]:
    """By its day; and that of archived loans, and of loans of archived units, to be taken off."""
    every = _by_day(of.day, of.amount).where(of.archived_on.is_(None), of.day <= AS_OF)
    return every, *(every.where(of.loan_id.in_(gone)) for gone in _GONE)


def _few(*which: Any) -> Any:
    """Loans that are found before their instalments are looked for."""
    position = select(Position.loan_id, Position.oldest_due_on).where(_held, *which)
    return position.offset(0).subquery("few")


def _of_few(few: Any, *which: Any) -> Any:
    """Their instalments by day; without a day where a loan has none.

    The outer join makes the database begin with the loans, whatever it holds of their number.
    """
    ours = and_(Instalment.loan_id == few.c.loan_id, positions.in_force(), _TOTAL > 0, *which)
    query = _by_day(Instalment.due_on, _TOTAL).add_columns(func.count())
    return query.select_from(few).join(Instalment, ours, isouter=True)


_APPROVED = _by_day(Loan.approved_on, Loan.amount_approved).where(
    Loan.archived_on.is_(None), STANDS, Loan.unit_id.not_in(ARCHIVED)
)
_FELL_DUE = _by_day(Instalment.due_on, _TOTAL).where(
    positions.in_force(), Instalment.due_on < AS_OF
)
_ended = (
    select(SETTLED.c.loan_id, SETTLED.c.day)
    .join(Position, positions.held(SETTLED.c.loan_id))
    .where(Position.oldest_due_on.is_(None))
    .offset(0)
    .subquery("ended")
)
# What loans that ended early would have had to pay since.
_SPARED = _of_few(_ended, Instalment.due_on > _ended.c.day, Instalment.due_on < AS_OF)
_behind = _few(positions.BEHIND)
_LATE = _of_few(
    _behind, Instalment.due_on >= _behind.c.oldest_due_on, Instalment.due_on < AS_OF
)  # fmt: skip
_PAID_OF_OLDEST = _by_day(Position.oldest_due_on, Position.oldest_paid).where(
    _held, Position.oldest_paid > 0
)
_TO_COME = (
    _by_day(Instalment.due_on, _TOTAL)
    .add_columns(func.count())
    .where(positions.in_force(), _TOTAL > 0, Instalment.due_on >= AS_OF, Instalment.due_on <= _LAST)
)
_ahead = _few(
    or_(Position.oldest_due_on.is_(None), ~positions.NONE_AHEAD, Position.loan_id.in_(CORRECTED)),
    REPAID > 0,
)
_PAID_AHEAD = _of_few(
    _ahead,
    Instalment.due_on >= AS_OF,
    Instalment.due_on <= _LAST,
    or_(_ahead.c.oldest_due_on.is_(None), Instalment.due_on < _ahead.c.oldest_due_on),
)


class Past(NamedTuple):
    """`due` was to be paid in the month, before the day; `overdue` of it is unpaid.

    `received` was paid in the month, penalties and what stayed as credit included.
    """

    approved: Months
    paid_out: Months
    due: Months
    overdue: Months
    received: Months


class ToCome(NamedTuple):
    """What is unpaid of the instalments from the day on, and how many they are."""

    left: Months
    instalments: Months


def past(session: Session, as_of: date) -> Past:
    """Every month until a day in which there was anything."""
    at = positions.days(as_of)

    def found(query: Any, *less: Any) -> Months:
        return _less(session.execute(query, at), *(session.execute(each, at) for each in less))

    overdue = found(_LATE)
    for day, paid in session.execute(_PAID_OF_OLDEST, at):
        if day < as_of:
            overdue[calendar.month_of(day)] -= int(paid)
    return Past(
        found(_APPROVED), found(*_entered(Tranche)), found(_FELL_DUE, _SPARED), overdue,
        found(*_entered(Payment)),
    )  # fmt: skip


def to_come(session: Session, as_of: date, last: date) -> ToCome:
    """The months from a day to the last, both days included."""
    at = {**positions.days(as_of), "last": last}
    left: Months = Counter()
    instalments: Months = Counter()
    for sign, query in ((1, _TO_COME), (-1, _PAID_AHEAD)):
        for day, amount, count in session.execute(query, at):
            if day is None:
                continue
            left[calendar.month_of(day)] += sign * int(amount)
            instalments[calendar.month_of(day)] += sign * count
    for day, paid in session.execute(_PAID_OF_OLDEST, at):
        if as_of <= day <= last:
            left[calendar.month_of(day)] -= int(paid)
    return ToCome(left, instalments)


def _less(every: Iterable[Any], *less: Iterable[Any]) -> Months:
    """The amounts of some rows by month, those of others taken off."""
    found: Months = Counter()
    for sign, rows in ((1, every), *((-1, each) for each in less)):
        for day, amount, *_ in rows:
            if day is not None:
                found[calendar.month_of(day)] += sign * int(amount or 0)
    return found
