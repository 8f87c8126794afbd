"""Where the programme stands by any day: the figures of the dashboard and of the report."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from statistics import median
from typing import TYPE_CHECKING, Any

from sqlalchemy import case, func, select, text

from db import calendar, models
from db.models import Milestone, Programme
from db.queries import tally
from db.rules import pace
from db.rules.standing import FOR_EVER

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from sqlalchemy.orm import Session

    from db.queries.tally import Returns, Tally


@dataclass(frozen=True)
class LoanFigures:
    """Amounts in whole rial."""

    count: int
    approved: int
    paid_out: int


@dataclass(frozen=True)
class Share:
    """Of a county, an industry or a group: its units revived; `id` None is «not given»."""

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

    `revived` is what counts against the target: the baseline and every unit whose revival is shown
    (see `db.rules.standing`), by the day of its first return. `claimed` counts those whose return
    is entered, shown or not; `sustained` those that are shown to last, the baseline's number not
    among them, for of its units nothing is known; `running` leaves out those known to have
    stopped again. `baseline_units` and `baseline_jobs` have no rows: they are 0 where the baseline
    is the returns on record; `reached_before` is what it comes to either way.
    """

    as_of: date
    title: str
    organisation: str
    target: int
    deadline: date
    baseline_on: date
    baseline_units: int
    baseline_jobs: int
    baseline_recorded: bool
    reached_before: int
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
    exercises: int
    loans: LoanFigures
    units: int  # all units on record, revived or not
    stages: Mapping[str, int]  # how many of them at each stage
    median_days: float | None  # from registration to return, of the counted
    outlook: str  # a word of `db.rules.pace.outlook`
    months: tuple[Month, ...]
    counties: tuple[Share, ...]
    industries: tuple[Share, ...]
    group_shares: tuple[Share, ...]
    plan: tuple[tuple[date, int], ...]  # the corners of the plan line

    @property
    def counted_from(self) -> date:
        """The first day whose returns count on top of the baseline."""
        return self.baseline_on + timedelta(days=1)


def programme(session: Session) -> Programme:
    """The programme in force: the newest one."""
    query = select(Programme).where(Programme.archived_on.is_(None)).order_by(Programme.id.desc())
    return session.scalars(query.limit(1)).one()


def before_baseline(session: Session) -> tuple[int, int]:
    """Units on record whose first return is of the baseline's days: (claimed, counted)."""
    stood = models.Standing
    query = (
        select(func.count(), func.coalesce(func.sum(case((stood.counted, 1), else_=0)), 0))
        .join(Programme, stood.returned_on <= Programme.baseline_on)
        .where(Programme.id == programme(session).id, stood.claimed, stood.until == FOR_EVER)
    )
    claimed, counted = session.execute(query).one()
    return claimed, counted


def milestones(session: Session, programme_id: int) -> Sequence[Milestone]:
    query = select(Milestone).where(
        Milestone.programme_id == programme_id, Milestone.archived_on.is_(None)
    )
    return session.scalars(query.order_by(Milestone.day)).all()


def figures(session: Session, as_of: date | None = None, early: Tally | None = None) -> Figures:
    """All figures by the end of `as_of` (today if None); `early` is used if it still holds."""
    day = as_of or calendar.today()
    plan = programme(session)
    known = day >= plan.baseline_on
    counted = _counted(session, day, early)
    returned, stages = counted.returns if known else tally.NO_RETURNS, counted.stages
    recorded = counted.baseline.recorded
    number, jobs = (0, 0) if recorded else (plan.baseline_units, plan.baseline_jobs)
    base = _reached_before(plan, returned) if recorded else number
    revived = number + stages.counted if known else None
    projection = pace.project(
        plan.baseline_on, base, day, revived or 0, plan.target_units, plan.deadline
    )
    remaining = None if revived is None else max(0, plan.target_units - revived)
    return Figures(
        as_of=day,
        title=plan.title,
        organisation=plan.organisation,
        target=plan.target_units,
        deadline=plan.deadline,
        baseline_on=plan.baseline_on,
        baseline_units=number,
        baseline_jobs=jobs,
        baseline_recorded=recorded,
        reached_before=base,
        revived=revived,
        claimed=number + stages.claimed if known else None,
        sustained=stages.sustained if known else None,
        running=None if revived is None else revived - stages.stopped,
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
        direct_jobs=jobs + returned.jobs if known else None,
        groups=counted.lists.active,
        exercises=counted.lists.exercises,
        loans=LoanFigures(counted.loans.count, counted.loans.approved, counted.loans.paid_out),
        units=counted.counties.total(),
        stages=stages.units,
        median_days=median(returned.waits) if returned.waits else None,
        outlook=pace.outlook(
            plan.baseline_on, base, day, revived or 0, plan.target_units,
            plan.deadline,
        ),
        months=_months(plan, day, base, returned) if known else (),
        counties=_shares(counted.lists.counties, counted.counties, returned.counties),
        industries=_shares(counted.lists.industries, counted.industries, returned.industries),
        group_shares=_shares(counted.lists.groups, counted.groups, returned.groups),
        plan=_plan(plan, base, milestones(session, plan.id)),
    )  # fmt: skip


def _counted(session: Session, day: date, early: Tally | None) -> Tally:
    def run(sql: str, values: Mapping[str, object]) -> Sequence[Any]:
        return session.execute(text(sql), values).all()

    base = tally.baseline(run)
    same = early is not None and (early.day, early.baseline) == (day, base)
    if early is not None and same and early.newest == tally.newest_change(run):
        return early
    return tally.tally(run, base, day)


def _reached_before(plan: Programme, returned: Returns) -> int:
    return sum(units for day, units in returned.days.items() if day <= plan.baseline_on)


def _percent(revived: int | None, target: int) -> float | None:
    return None if revived is None or target <= 0 else round(revived * 100 / target, 2)


def _months(plan: Programme, day: date, base: int, returned: Returns) -> tuple[Month, ...]:
    counts: Counter[tuple[int, int]] = Counter()
    for returned_on, units in returned.days.items():
        if returned_on > plan.baseline_on:
            counts[calendar.month_of(returned_on)] += units
    total, found = base, []
    for year, month in calendar.months_between(plan.baseline_on, day):
        revived = counts[year, month]
        total += revived
        found.append(Month(year, month, revived, total))
    return tuple(found)


def _shares(names: tally.Names, units: tally.Share, revived: tally.Share) -> tuple[Share, ...]:
    found = [
        Share(number, name, revived[number], units[number])
        for number, name in ((None, ""), *names)
        if number in units
    ]
    return tuple(sorted(found, key=lambda share: (-share.revived, -share.units)))


def _plan(
    plan: Programme, base: int, milestones: Sequence[Milestone]
) -> tuple[tuple[date, int], ...]:
    between = [
        (point.day, point.units)
        for point in milestones
        if plan.baseline_on < point.day < plan.deadline
    ]
    ends = ((plan.baseline_on, base), (plan.deadline, plan.target_units))
    return (ends[0], *between, ends[1])
