"""The figures counted a second way: plain Python over whole records, no query but «all of it»."""

from __future__ import annotations

import math
from collections import Counter
from datetime import date, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import jdatetime
from sqlalchemy import select

from db.models import (
    County,
    Exercise,
    Industry,
    JihadiGroup,
    Loan,
    Milestone,
    Programme,
    Tranche,
)
from db.queries.progress import Figures, LoanFigures, Month, Share
from db.rules.standing import STAGES
from db.text import sort_key
from tests.db.plain_standing import Standings

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


class _Count:
    """One file's records, the archived left out, and what had happened to them by a day."""

    def __init__(self, session: Session, day: date) -> None:
        self.session = session
        self.day = day
        self.plan = self.live(Programme)[-1]
        self.standings = Standings(session, self.plan)
        self.units = self.standings.units
        stood = {number: self.standings.by(number, day) for number in self.units}
        self.stood = {number: how for number, how in stood.items() if how is not None}
        self.known = day >= self.plan.baseline_on
        self.recorded = self.plan.baseline_kind == "records"
        self.returned = {
            number: how
            for number, how in self.stood.items()
            if how.returned_on is not None
            and (self.recorded or how.returned_on > self.plan.baseline_on)
        }
        self.counted = {
            number: how for number, how in self.returned.items() if self.known and how.counted
        }

    def live(self, model: Any) -> list[Any]:
        rows = self.session.scalars(select(model).order_by(model.id))
        return [row for row in rows if row.archived_on is None]

    def jobs(self) -> int:
        return sum(
            max(0, (how.jobs_after or 0) - self.units[number].found_jobs)
            for number, how in self.counted.items()
        )

    def stopped(self) -> int:
        return sum(1 for how in self.counted.values() if how.stopped)

    def before(self) -> int:
        """What the baseline comes to."""
        if not self.recorded:
            return int(self.plan.baseline_units)
        days: list[date] = [how.returned_on for how in self.counted.values()]
        return len([day for day in days if day <= self.plan.baseline_on])

    def median_days(self) -> float | None:
        waits = sorted(
            (how.returned_on - self.units[number].registered_on).days
            for number, how in self.counted.items()
        )
        if not waits:
            return None
        middle: int = waits[(len(waits) - 1) // 2] + waits[len(waits) // 2]
        return middle / 2

    def groups(self) -> int:
        return sum(
            1
            for group in self.live(JihadiGroup)
            if group.active and (group.formed_on is None or group.formed_on <= self.day)
        )

    def exercises(self) -> int:
        held = [each for each in self.live(Exercise) if each.starts_on <= self.day]
        return sum(1 for each in held if each.kind == "exercise")

    def loans(self) -> LoanFigures:
        loans = {loan.id: loan for loan in self.live(Loan) if loan.unit_id in self.units}
        approved = [
            loan.amount_approved
            for loan in loans.values()
            if self._by(loan.approved_on)
            and not self._by(loan.rejected_on)
            and not self._by(loan.withdrawn_on)
        ]
        paid = [
            tranche.amount
            for tranche in self.live(Tranche)
            if tranche.loan_id in loans and self._by(tranche.day)
        ]
        asked = [loan for loan in loans.values() if self._by(loan.applied_on)]
        return LoanFigures(len(asked), sum(approved), sum(paid))

    def _by(self, day: date | None) -> bool:
        return day is not None and day <= self.day

    def months(self) -> tuple[Month, ...]:
        counts = Counter(
            _month(how.returned_on)
            for how in self.counted.values()
            if how.returned_on > self.plan.baseline_on
        )
        total, month, found = self.before(), _month(self.plan.baseline_on), []
        while month <= _month(self.day):
            total += counts[month]
            found.append(Month(*month, counts[month], total))
            month = (month[0], month[1] + 1) if month[1] < 12 else (month[0] + 1, 1)
        return tuple(found)

    def shares(self, column: str, model: Any) -> tuple[Share, ...]:
        names = {row.id: row.name for row in self.session.scalars(select(model))}
        every = Counter(
            getattr(unit, column) for unit in self.units.values() if unit.registered_on <= self.day
        )
        revived = Counter(getattr(self.units[number], column) for number in self.counted)
        found = [
            Share(number, names.get(number, ""), revived[number], count)
            for number, count in every.items()
        ]
        return tuple(sorted(found, key=lambda s: (-s.revived, -s.units, sort_key(s.name))))

    def corners(self) -> tuple[tuple[date, int], ...]:
        plan = self.plan
        points = [(point.day, point.units) for point in self.live(Milestone)]
        return (
            (plan.baseline_on, self.before()),
            *sorted(points),
            (plan.deadline, plan.target_units),
        )


def _month(day: date) -> tuple[int, int]:
    found = jdatetime.date.fromgregorian(date=day)
    return found.year, found.month


def plain_figures(session: Session, as_of: date | None) -> Figures:
    """What `db.queries.progress.figures` has to say, by another road."""
    day = as_of or date.today()  # noqa: DTZ011 - the local day is meant
    count = _Count(session, day)
    plan = count.plan
    known = count.known
    number, jobs = (0, 0) if count.recorded else (plan.baseline_units, plan.baseline_jobs)
    revived = number + len(count.counted) if known else None
    remaining = None if revived is None else max(0, plan.target_units - revived)
    days_left = max(0, (plan.deadline - day).days + 1)
    required = None
    if remaining is not None and (days_left or not remaining):
        required = float(Fraction(remaining * 30, days_left or 1))
    pace, projected, forecast = _forecast(plan, count.before(), day, revived)
    return Figures(
        as_of=day,
        title=plan.title,
        organisation=plan.organisation,
        target=plan.target_units,
        deadline=plan.deadline,
        baseline_on=plan.baseline_on,
        baseline_units=number,
        baseline_jobs=jobs,
        baseline_recorded=count.recorded,
        reached_before=count.before(),
        revived=revived,
        claimed=number + len(count.returned) if known else None,
        sustained=sum(1 for how in count.counted.values() if how.sustained) if known else None,
        running=None if revived is None else revived - count.stopped(),
        remaining=remaining,
        percent=None if revived is None else round(revived * 100 / plan.target_units, 2),
        days_left=days_left,
        required_per_30_days=required,
        pace_per_30_days=None if pace is None else float(pace * 30),
        projected_at_deadline=projected,
        forecast_date=forecast,
        direct_jobs=jobs + count.jobs() if known else None,
        groups=count.groups(),
        exercises=count.exercises(),
        loans=count.loans(),
        units=sum(1 for unit in count.units.values() if unit.registered_on <= day),
        stages={
            stage: sum(1 for how in count.stood.values() if how.stage == stage) for stage in STAGES
        },
        median_days=count.median_days(),
        outlook=_outlook(plan, count.before(), day, revived, projected),
        months=count.months() if known else (),
        counties=count.shares("county_id", County),
        industries=count.shares("industry_id", Industry),
        group_shares=count.shares("group_id", JihadiGroup),
        plan=count.corners(),
    )


def _forecast(
    plan: Programme, base: int, day: date, revived: int | None
) -> tuple[Fraction | None, int | None, date | None]:
    if revived is None or day == plan.baseline_on:
        return None, None, None
    pace = Fraction(revived - base, (day - plan.baseline_on).days)
    projected = None
    if day <= plan.deadline:
        projected = math.floor(revived + pace * (plan.deadline - day).days)
    forecast = None
    if pace > 0 and revived < plan.target_units:
        ahead = math.ceil((plan.target_units - revived) / pace)
        forecast = day + timedelta(days=ahead)
    return pace, projected, forecast


def _outlook(
    plan: Programme, base: int, day: date, revived: int | None, projected: int | None
) -> str:
    if revived is None:
        return "no_baseline_yet"
    if revived >= plan.target_units:
        return "reached"
    if day > plan.deadline:
        return "missed"
    if day == plan.baseline_on:
        return "not_started"
    if revived == base:
        return "no_pace"
    return "on_track" if projected is not None and projected >= plan.target_units else "behind"
