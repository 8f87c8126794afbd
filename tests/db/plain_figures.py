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
    Industry,
    JihadiGroup,
    Loan,
    Milestone,
    Programme,
    Revival,
    Tranche,
    Unit,
)
from db.queries.progress import Figures, LoanFigures, Month, Share
from db.text import sort_key

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


class _Count:
    """One file's records, the archived left out, and what had happened to them by a day."""

    def __init__(self, session: Session, day: date) -> None:
        self.session = session
        self.day = day
        self.plan = self.live(Programme)[-1]
        self.units = {unit.id: unit for unit in self.live(Unit)}
        self.returns: dict[int, list[Revival]] = {}
        for revival in self.live(Revival):
            if revival.returned_on <= day and revival.unit_id in self.units:
                self.returns.setdefault(revival.unit_id, []).append(revival)
        for revivals in self.returns.values():
            revivals.sort(key=lambda revival: (revival.returned_on, revival.id))
        known = day >= self.plan.baseline_on
        self.counted = {
            number: revivals
            for number, revivals in self.returns.items()
            if known and revivals[0].returned_on > self.plan.baseline_on
        }

    def live(self, model: Any) -> list[Any]:
        rows = self.session.scalars(select(model).order_by(model.id))
        return [row for row in rows if row.archived_on is None]

    def jobs(self) -> int:
        return sum(
            max(0, revivals[0].jobs_after - self.units[number].found_jobs)
            for number, revivals in self.counted.items()
        )

    def stopped(self) -> int:
        ends = [revivals[-1].stopped_on for revivals in self.counted.values()]
        return sum(1 for end in ends if end is not None and end <= self.day)

    def groups(self) -> int:
        return sum(
            1
            for group in self.live(JihadiGroup)
            if group.active and (group.formed_on is None or group.formed_on <= self.day)
        )

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
        counts = Counter(_month(revivals[0].returned_on) for revivals in self.counted.values())
        total, month, found = self.plan.baseline_units, _month(self.plan.baseline_on), []
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
            (plan.baseline_on, plan.baseline_units),
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
    known = day >= plan.baseline_on
    revived = plan.baseline_units + len(count.counted) if known else None
    remaining = None if revived is None else max(0, plan.target_units - revived)
    days_left = max(0, (plan.deadline - day).days + 1)
    required = None
    if remaining is not None and (days_left or not remaining):
        required = float(Fraction(remaining * 30, days_left or 1))
    pace, projected, forecast = _forecast(plan, day, revived)
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
        claimed=revived,
        sustained=None,
        running=None if revived is None else revived - count.stopped(),
        remaining=remaining,
        percent=None if revived is None else round(revived * 100 / plan.target_units, 2),
        days_left=days_left,
        required_per_30_days=required,
        pace_per_30_days=None if pace is None else float(pace * 30),
        projected_at_deadline=projected,
        forecast_date=forecast,
        direct_jobs=plan.baseline_jobs + count.jobs() if known else None,
        groups=count.groups(),
        exercises=None,
        loans=count.loans(),
        units=sum(1 for unit in count.units.values() if unit.registered_on <= day),
        outlook=_outlook(plan, day, revived, projected),
        months=count.months() if known else (),
        counties=count.shares("county_id", County),
        industries=count.shares("industry_id", Industry),
        plan=count.corners(),
    )


def _forecast(
    plan: Programme, day: date, revived: int | None
) -> tuple[Fraction | None, int | None, date | None]:
    if revived is None or day == plan.baseline_on:
        return None, None, None
    pace = Fraction(revived - plan.baseline_units, (day - plan.baseline_on).days)
    projected = None
    if day <= plan.deadline:
        projected = math.floor(revived + pace * (plan.deadline - day).days)
    forecast = None
    if pace > 0 and revived < plan.target_units:
        ahead = math.ceil((plan.target_units - revived) / pace)
        forecast = day + timedelta(days=ahead)
    return pace, projected, forecast


def _outlook(plan: Programme, day: date, revived: int | None, projected: int | None) -> str:
    if revived is None:
        return "no_baseline_yet"
    if revived >= plan.target_units:
        return "reached"
    if day > plan.deadline:
        return "missed"
    if day == plan.baseline_on:
        return "not_started"
    if revived == plan.baseline_units:
        return "no_pace"
    return "on_track" if projected is not None and projected >= plan.target_units else "behind"
