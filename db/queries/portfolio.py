"""What all loans amount to by a day: by bank, method, stage and class, how late, and by month.

Whole rial. The loans are added up once, by all that they are told by together; each table is a sum
of that.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from sqlalchemy import Date, Select, and_, bindparam, case, func, select

from db import calendar
from db.models import Bank, Instalment, Loan, Payment, Position, Tranche, Unit
from db.queries import positions
from db.queries.listing import AS_OF
from db.queries.loans import ANY_PAID, NOT_REVIVED, STANDS, newest_heads
from db.rules.arrears import CLASSES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from sqlalchemy.orm import Session

AHEAD: Final = 12  # Jalali months whose inflow is expected, and of the past that are told
NO_CLASS: Final = ""  # of a loan that has no instalments yet


class Sums(NamedTuple):
    """Of some loans. `approved` stands: neither rejected nor withdrawn by the day."""

    loans: int = 0
    approved: int = 0
    paid_out: int = 0
    repaid: int = 0
    outstanding: int = 0
    overdue: int = 0
    late: int = 0  # loans that are behind

    def plus(self, other: Sums) -> Sums:
        return Sums(*(one + two for one, two in zip(self, other, strict=True)))


class Share(NamedTuple):
    """The loans of one bank, method, stage or class; `name` is a bank's, else empty."""

    key: Any
    name: str
    sums: Sums


class Month(NamedTuple):
    """Of a Jalali month until the day. `due` fell due in it, `collected` was paid in it.

    Its penalties and what stayed as credit are among what was collected. `overdue` is what of the
    instalments of this month is still unpaid and late.
    """

    year: int
    month: int
    approved: int
    paid_out: int
    due: int
    collected: int
    overdue: int


class Inflow(NamedTuple):
    """What is still to be paid of the instalments of a Jalali month to come."""

    year: int
    month: int
    instalments: int
    left: int


class Jobs(NamedTuple):
    """Of the loans that were paid out, in whole or in part, and of their units.

    `made` is what the newest accepted follow-up of each unit found above what it was found with;
    `not_revived` are loans whose unit is not counted.
    """

    promised: int
    made: int
    not_revived: int
    paid_out: int

    @property
    def rial_per_job(self) -> int | None:
        """Rial paid out for each job made; None while none is."""
        return self.paid_out // self.made if self.made else None


@dataclass(frozen=True)
class Portfolio:
    """`due` is all that fell due before the day, of which `overdue` of the sums is unpaid."""

    as_of: date
    sums: Sums
    banks: tuple[Share, ...]
    methods: tuple[Share, ...]
    stages: tuple[Share, ...]
    classes: tuple[Share, ...]
    months: tuple[Month, ...]
    inflow: tuple[Inflow, ...]
    jobs: Jobs
    due: int

    @property
    def collection_rate(self) -> float | None:
        """Percent of what fell due before the day that was paid; None while nothing has."""
        return None if not self.due else round(100 * (self.due - self.sums.overdue) / self.due, 1)


_LIVE = and_(
    Loan.archived_on.is_(None),
    Loan.applied_on <= AS_OF,
    Loan.unit_id.not_in(select(Unit.id).where(Unit.archived_on.is_not(None))),
)
_paid = (
    select(Tranche.loan_id, func.sum(Tranche.amount).label("amount"))
    .where(Tranche.archived_on.is_(None), Tranche.day <= AS_OF)
    .group_by(Tranche.loan_id)
    .subquery("paid")
)
_PAID = func.coalesce(_paid.c.amount, 0)
# As `queries.loans.STAGE`, by the sums that are joined here.
_STAGE = case(
    (Loan.withdrawn_on <= AS_OF, "withdrawn"),
    (Loan.rejected_on <= AS_OF, "rejected"),
    (Loan.amount_approved <= _PAID, "paid_out"),
    (_PAID > 0, "paying"),
    (Loan.contract_on <= AS_OF, "contract"),
    (Loan.approved_on <= AS_OF, "approved"),
    (Loan.introduced_on <= AS_OF, "introduced"),
    else_="applied",
)
_CLASS = case((Position.id.is_(None), NO_CLASS), else_=positions.CLASS)
_KEYS = (Loan.bank_id, Loan.method, _STAGE, _CLASS)
_CUBE: Any = (
    select(
        *(key.label(name) for key, name in
          zip(_KEYS, ("bank", "method", "stage", "class"), strict=True)),
        func.count(),
        func.sum(case((STANDS, Loan.amount_approved), else_=0)),
        func.sum(_PAID),
        func.coalesce(func.sum(Position.repaid_principal + Position.repaid_profit), 0),
        func.coalesce(func.sum(Position.principal + Position.profit), 0),
        func.coalesce(func.sum(case((positions.BEHIND, positions.OVERDUE), else_=0)), 0),
        func.sum(case((positions.BEHIND, 1), else_=0)),
    )
    .select_from(Loan)
    .join(_paid, _paid.c.loan_id == Loan.id, isouter=True)
    .join(Position, positions.held(Loan.id), isouter=True)
    .where(_LIVE)
    .group_by(*_KEYS)
)  # fmt: skip


def portfolio(session: Session, as_of: date) -> Portfolio:
    """All of it by the end of a day."""
    first = calendar.month_range(*calendar.month_of(as_of))[0]
    at = {
        **positions.days(as_of),
        "first_told": calendar.add_months(first, 1 - AHEAD),
        "last_told": calendar.add_months(first, AHEAD) - timedelta(days=1),
    }
    cube = [
        (tuple(row[:4]), Sums(*(int(each or 0) for each in row[4:])))
        for row in session.execute(_CUBE, at)
    ]
    names = {row.id: row.name for row in session.execute(select(Bank.id, Bank.name))}
    due = _by_day(session, _DUE, at)
    return Portfolio(
        as_of,
        _added(sums for _, sums in cube),
        tuple(sorted(
            (Share(key, names[key], sums) for key, sums in _by(cube, 0).items()),
            key=lambda share: (-share.sums.outstanding, -share.sums.paid_out, share.name),
        )),
        _ordered(_by(cube, 1)),
        _ordered(_by(cube, 2)),
        tuple(
            Share(each, "", sums)
            for each in (*CLASSES, NO_CLASS) if (sums := _by(cube, 3).get(each)) is not None
        ),
        _months(session, as_of, at, due),
        _inflow(session, as_of, at),
        _jobs(session, at),
        sum(amount for day, amount in due.items() if day < as_of),
    )  # fmt: skip


def _added(every: Iterable[Sums]) -> Sums:
    total = Sums()
    for sums in every:
        total = total.plus(sums)
    return total


def _by(cube: list[tuple[tuple[Any, ...], Sums]], place: int) -> dict[Any, Sums]:
    found: dict[Any, Sums] = defaultdict(Sums)
    for keys, sums in cube:
        found[keys[place]] = found[keys[place]].plus(sums)
    return found


def _ordered(found: Mapping[Any, Sums]) -> tuple[Share, ...]:
    """The largest first."""
    shares = (Share(key, "", sums) for key, sums in found.items())
    return tuple(sorted(shares, key=lambda each: (-each.sums.loans, str(each.key))))


# By month

_in_force = and_(Instalment.since <= AS_OF, Instalment.until > AS_OF)
_WHOLE: Any = Instalment.principal + Instalment.profit
# What a rescheduling took over fell due under the old schedule, and under the new one again.
_DUE: Any = (
    select(Instalment.due_on, func.sum(_WHOLE))
    .where(_in_force, Instalment.due_on <= AS_OF)
    .group_by(Instalment.due_on)
)
_OF_LIVE = Loan.id.in_(select(Loan.id).where(_LIVE))
_APPROVED: Any = (
    select(Loan.approved_on, func.sum(Loan.amount_approved))
    .where(_LIVE, STANDS)
    .group_by(Loan.approved_on)
)
_PAID_OUT: Any = (
    select(Tranche.day, func.sum(Tranche.amount))
    .join(Loan, Loan.id == Tranche.loan_id)
    .where(Tranche.archived_on.is_(None), Tranche.day <= AS_OF, _LIVE)
    .group_by(Tranche.day)
)
_COLLECTED: Any = (
    select(Payment.day, func.sum(Payment.amount))
    .join(Loan, Loan.id == Payment.loan_id)
    .where(Payment.archived_on.is_(None), Payment.day <= AS_OF, _LIVE)
    .group_by(Payment.day)
)


def _unpaid(*more: Any) -> Any:
    return (
        select(Instalment.due_on, func.sum(positions.left()), func.count())
        .join(Position, positions.held(Instalment.loan_id))
        .where(_in_force, positions.unpaid(), *more)
        .group_by(Instalment.due_on)
    )


_FIRST, _LAST = (bindparam(name, type_=Date) for name in ("first_told", "last_told"))
_LATE = _unpaid(Instalment.due_on >= _FIRST, Instalment.due_on < AS_OF, positions.BEHIND)
_TO_COME = _unpaid(Instalment.due_on >= AS_OF, Instalment.due_on <= _LAST)


def _by_day(session: Session, query: Select[Any], at: Mapping[str, date]) -> dict[date, int]:
    return {row[0]: int(row[1] or 0) for row in session.execute(query, at)}


def _by_month(days: Mapping[date, int]) -> Counter[tuple[int, int]]:
    found: Counter[tuple[int, int]] = Counter()
    for day, amount in days.items():
        found[calendar.month_of(day)] += amount
    return found


def _months(
    session: Session, as_of: date, at: Mapping[str, date], due: Mapping[date, int]
) -> tuple[Month, ...]:
    sums = [
        _by_month(days)
        for days in (
            _by_day(session, _APPROVED, at), _by_day(session, _PAID_OUT, at), due,
            _by_day(session, _COLLECTED, at), _by_day(session, _LATE, at),
        )
    ]  # fmt: skip
    first = calendar.month_range(*calendar.month_of(as_of))[0]
    began = calendar.add_months(first, 1 - AHEAD)
    return tuple(
        Month(*month, *(each[month] for each in sums))
        for month in calendar.months_between(began, as_of)
    )


def _inflow(session: Session, as_of: date, at: Mapping[str, date]) -> tuple[Inflow, ...]:
    amounts: Counter[tuple[int, int]] = Counter()
    counts: Counter[tuple[int, int]] = Counter()
    for day, left, count in session.execute(_TO_COME, at):
        amounts[calendar.month_of(day)] += int(left or 0)
        counts[calendar.month_of(day)] += count
    first = calendar.month_range(*calendar.month_of(as_of))[0]
    months = calendar.months_between(as_of, calendar.add_months(first, AHEAD))[:AHEAD]
    return tuple(Inflow(*month, counts[month], amounts[month]) for month in months)


# Jobs

_paid_loan = and_(_LIVE, Loan.id.in_(ANY_PAID))
_heads = newest_heads(Unit.id).correlate(Unit).scalar_subquery()
_more = case((_heads > Unit.found_jobs, _heads - Unit.found_jobs), else_=0)
_MADE = select(func.sum(_more)).where(Unit.id.in_(select(Loan.unit_id).where(_paid_loan)))


def _jobs(session: Session, at: Mapping[str, date]) -> Jobs:
    promised = session.scalar(select(func.sum(Loan.jobs_promised)).where(_paid_loan), at)
    lost = select(func.count()).select_from(Loan).where(_LIVE, NOT_REVIVED)
    paid_out = session.scalar(
        select(func.sum(Tranche.amount))
        .join(Loan, Loan.id == Tranche.loan_id)
        .where(Tranche.archived_on.is_(None), Tranche.day <= AS_OF, _LIVE),
        at,
    )
    made, not_revived = session.scalar(_MADE, at), session.scalar(lost, at)
    return Jobs(promised or 0, made or 0, not_revived or 0, paid_out or 0)
