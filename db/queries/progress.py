"""Where the programme stands by any day: the figures of the dashboard and of the report."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, case, exists, func, or_, select
from sqlalchemy.orm import aliased

from db import calendar
from db.models import (
    County,
    Industry,
    JihadiGroup,
    Loan,
    Milestone,
    Programme,
    Revival,
    Tranche,
    Unit,
)
from db.queries.listing import AS_OF
from db.queries.units import first_by_as_of, last_by_as_of
from db.rules import pace

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from sqlalchemy import ColumnElement, Select
    from sqlalchemy.orm import Session

Later = aliased(Revival, name="later")


@dataclass(frozen=True)
class LoanFigures:
    """Amounts in whole rial. None: not recorded yet."""

    count: int
    approved: int
    paid_out: int
    repaid: int | None = None
    outstanding: int | None = None
    overdue: int | None = None


@dataclass(frozen=True)
class Share:
    """A county or an industry: how many of its units were revived; `id` None is «not given»."""

    id: int | None
    name: str
    revived: int
    units: int


@dataclass(frozen=True)
class Month:
    """A Jalali month: units revived in it, and all told (baseline included) at its end."""

    year: int
    month: int
    revived: int
    total: int


@dataclass(frozen=True)
class Figures:
    """Every figure by the end of `as_of`; None is unknown, never zero in its stead.

    `revived` is what counts against the target: the baseline and every unit whose first return
    is after the baseline day. `running` leaves out those known to have stopped again.
    """

    as_of: date
    title: str
    organisation: str
    target: int
    deadline: date
    baseline_on: date
    baseline_units: int
    baseline_jobs: int
    revived: int | None
    claimed: int | None
    sustained: int | None
    running: int | None
    remaining: int | None
    percent: float | None
    days_left: int
    required_per_30_days: float | None
    pace_per_30_days: float | None
    projected_at_deadline: int | None
    forecast_date: date | None
    direct_jobs: int | None
    groups: int
    exercises: int | None
    loans: LoanFigures
    units: int  # all units on record, revived or not
    outlook: str  # a word of `db.rules.pace.outlook`
    months: tuple[Month, ...]
    counties: tuple[Share, ...]
    industries: tuple[Share, ...]
    plan: tuple[tuple[date, int], ...]  # the corners of the plan line

    @property
    def counted_from(self) -> date:
        """The first day whose returns count on top of the baseline."""
        return self.baseline_on + timedelta(days=1)


def programme(session: Session) -> Programme:
    """The programme in force: the newest one."""
    query = select(Programme).where(Programme.archived_on.is_(None)).order_by(Programme.id.desc())
    return session.scalars(query.limit(1)).one()


def milestones(session: Session, programme_id: int) -> Sequence[Milestone]:
    query = select(Milestone).where(
        Milestone.programme_id == programme_id, Milestone.archived_on.is_(None)
    )
    return session.scalars(query.order_by(Milestone.day)).all()


def figures(session: Session, as_of: date | None = None) -> Figures:
    """All figures by the end of `as_of` (today if None)."""
    day = as_of or calendar.today()
    plan = programme(session)
    known = day >= plan.baseline_on
    days = _revived_days(session, plan, day) if known else []
    revived = plan.baseline_units + sum(row.units for row in days) if known else None
    stopped = sum(row.stopped for row in days)
    projection = pace.project(
        plan.baseline_on, plan.baseline_units, day, revived or 0, plan.target_units, plan.deadline
    )
    remaining = None if revived is None else max(0, plan.target_units - revived)
    return Figures(
        as_of=day,
        title=plan.title,
        organisation=plan.organisation,
        target=plan.target_units,
        deadline=plan.deadline,
        baseline_on=plan.baseline_on,
        baseline_units=plan.baseline_units,
        baseline_jobs=plan.baseline_jobs,
        revived=revived,
        claimed=revived,  # until evidence is recorded, what is entered counts
        sustained=None,
        running=None if revived is None else revived - stopped,
        remaining=remaining,
        percent=_percent(revived, plan.target_units),
        days_left=pace.days_left(day, plan.deadline),
        required_per_30_days=(
            None
            if remaining is None
            else pace.required_per_30_days(remaining, day, plan.deadline)
        ),
        pace_per_30_days=projection.pace_per_30_days if known else None,
        projected_at_deadline=projection.projected_at_deadline if known else None,
        forecast_date=projection.forecast_date if known else None,
        direct_jobs=plan.baseline_jobs + sum(row.jobs for row in days) if known else None,
        groups=_groups(session, day),
        exercises=None,
        loans=_loans(session, day),
        units=_units(session, day),
        outlook=pace.outlook(
            plan.baseline_on, plan.baseline_units, day, revived or 0, plan.target_units,
            plan.deadline,
        ),
        months=_months(plan, day, days) if known else (),
        counties=_shares(session, plan, day, Unit.county_id, County),
        industries=_shares(session, plan, day, Unit.industry_id, Industry),
        plan=_plan(plan, milestones(session, plan.id)),
    )  # fmt: skip


def _percent(revived: int | None, target: int) -> float | None:
    return None if revived is None or target <= 0 else round(revived * 100 / target, 2)


def counted(plan: Programme, *columns: Any) -> Select[Any]:
    """Selects of the counted units: live, first returned after the baseline day, by `as_of`."""
    return (
        select(*columns)
        .select_from(Revival)
        .join(Unit, Unit.id == Revival.unit_id)
        .where(
            Unit.archived_on.is_(None),
            first_by_as_of(Revival),
            Revival.returned_on > plan.baseline_on,
        )
    )


def jobs_created() -> ColumnElement[int]:
    """Heads at work after the return beyond those found; a loss is not a negative creation."""
    more = Revival.jobs_after - Unit.found_jobs
    return case((more > 0, more), else_=0)


def _has_stopped() -> ColumnElement[bool]:
    return exists().where(
        Later.unit_id == Revival.unit_id, last_by_as_of(Later), Later.stopped_on <= AS_OF
    )


def _revived_days(session: Session, plan: Programme, day: date) -> Sequence[Any]:
    query = counted(
        plan,
        Revival.returned_on,
        func.count().label("units"),
        func.sum(jobs_created()).label("jobs"),
        func.sum(case((_has_stopped(), 1), else_=0)).label("stopped"),
    ).group_by(Revival.returned_on)
    return session.execute(query, {"as_of": day}).all()


def _months(plan: Programme, day: date, days: Sequence[Any]) -> tuple[Month, ...]:
    counts: dict[tuple[int, int], int] = {}
    for row in days:
        key = calendar.month_of(row.returned_on)
        counts[key] = counts.get(key, 0) + row.units
    total, found = plan.baseline_units, []
    for year, month in calendar.months_between(plan.baseline_on, day):
        revived = counts.get((year, month), 0)
        total += revived
        found.append(Month(year, month, revived, total))
    return tuple(found)


def _shares(
    session: Session, plan: Programme, day: date, key: Any, named: Any
) -> tuple[Share, ...]:
    revived: dict[int | None, int] = {
        row[0]: row[1]
        for row in session.execute(counted(plan, key, func.count()).group_by(key), {"as_of": day})
    }
    every = select(key, func.count()).where(Unit.archived_on.is_(None)).group_by(key)
    if day < calendar.today():  # else the covering index answers alone
        every = every.where(Unit.registered_on <= AS_OF)
    units = {row[0]: row[1] for row in session.execute(every, {"as_of": day})}
    names: dict[int | None, str] = {None: ""}
    in_order = select(named.id, named.name).order_by(named.sort_key, named.id)
    names |= {row.id: row.name for row in session.execute(in_order)}
    found = [
        Share(number, name, revived.get(number, 0), units[number])
        for number, name in names.items()
        if number in units
    ]
    return tuple(sorted(found, key=lambda share: (-share.revived, -share.units)))


def _units(session: Session, day: date) -> int:
    query = (
        select(func.count())
        .select_from(Unit)
        .where(Unit.archived_on.is_(None), Unit.registered_on <= day)
    )
    return session.scalar(query) or 0


def _groups(session: Session, day: date) -> int:
    query = (
        select(func.count())
        .select_from(JihadiGroup)
        .where(
            JihadiGroup.archived_on.is_(None),
            JihadiGroup.active,
            or_(JihadiGroup.formed_on.is_(None), JihadiGroup.formed_on <= day),
        )
    )
    return session.scalar(query) or 0


def stands(loan: Any) -> ColumnElement[bool]:
    """Neither rejected nor withdrawn by `as_of`."""
    return and_(
        or_(loan.rejected_on.is_(None), loan.rejected_on > AS_OF),
        or_(loan.withdrawn_on.is_(None), loan.withdrawn_on > AS_OF),
    )


def _loans(session: Session, day: date) -> LoanFigures:
    of = {"as_of": day}
    # Loans of an archived unit are gone with it: a total must equal the rows behind it.
    live = and_(Loan.archived_on.is_(None), Unit.archived_on.is_(None))
    count = (
        select(func.count())
        .select_from(Loan)
        .join(Unit, Unit.id == Loan.unit_id)
        .where(live, Loan.applied_on <= AS_OF)
    )
    approved = (
        select(func.coalesce(func.sum(Loan.amount_approved), 0))
        .join(Unit, Unit.id == Loan.unit_id)
        .where(live, Loan.approved_on <= AS_OF, stands(Loan))
    )
    paid = (
        select(func.coalesce(func.sum(Tranche.amount), 0))
        .join(Loan, Loan.id == Tranche.loan_id)
        .join(Unit, Unit.id == Loan.unit_id)
        .where(live, Tranche.archived_on.is_(None), Tranche.day <= AS_OF)
    )
    return LoanFigures(
        int(session.scalar(count, of) or 0),
        int(session.scalar(approved, of) or 0),
        int(session.scalar(paid, of) or 0),
    )


def _plan(plan: Programme, milestones: Sequence[Milestone]) -> tuple[tuple[date, int], ...]:
    between = [
        (point.day, point.units)
        for point in milestones
        if plan.baseline_on < point.day < plan.deadline
    ]
    ends = ((plan.baseline_on, plan.baseline_units), (plan.deadline, plan.target_units))
    return (ends[0], *between, ends[1])
