"""Jobs promised by the loans that were paid out, and the jobs their units made, by county."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import case, func, select

from db.models import County, Loan, Tranche, Unit
from db.queries.listing import AS_OF
from db.queries.loan_sums import LIVE
from db.queries.loans import REVIVED, jobs_made, newest_heads

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy.orm import Session


class JobSums(NamedTuple):
    """Of units some of whose loans were paid out, in whole or in part; amounts in rial.

    `made` is what the newest accepted follow-up of each unit by the day found at work, above what
    the unit was found with; `seen` are the units that have such a follow-up, with what they were
    paid out and what they promised. `lost` are loans whose unit is not revived.
    """

    units: int = 0
    loans: int = 0
    paid_out: int = 0
    promised: int = 0
    seen: int = 0
    seen_paid_out: int = 0
    seen_promised: int = 0
    made: int = 0
    lost: int = 0
    lost_paid_out: int = 0

    def plus(self, other: JobSums) -> JobSums:
        return JobSums(*(one + two for one, two in zip(self, other, strict=True)))

    @property
    def rial_per_job(self) -> int | None:
        """Of the units that were seen; None while none of them has made a job."""
        return self.seen_paid_out // self.made if self.made else None


class OfCounty(NamedTuple):
    """The units of a county that were paid out a loan."""

    id: int
    name: str
    sums: JobSums


@dataclass(frozen=True)
class Jobs:
    """Counties in Persian order, those without such a unit left out."""

    as_of: date
    sums: JobSums
    counties: tuple[OfCounty, ...]


_lent = (
    select(Tranche.loan_id, func.sum(Tranche.amount).label("amount"))
    .where(Tranche.archived_on.is_(None), Tranche.day <= AS_OF)
    .group_by(Tranche.loan_id)
    .subquery("lent")
)
_of_unit = (
    select(
        Loan.unit_id,
        func.count().label("loans"),
        func.sum(_lent.c.amount).label("paid_out"),
        func.sum(Loan.jobs_promised).label("promised"),
    )
    .select_from(_lent)
    .join(Loan, Loan.id == _lent.c.loan_id)
    .where(LIVE)
    .group_by(Loan.unit_id)
    .subquery("of_unit")
)
_made = jobs_made(newest_heads(Unit.id).correlate(Unit).scalar_subquery())
_units = (
    select(
        Unit.county_id,
        *(_of_unit.c[name] for name in ("loans", "paid_out", "promised")),
        _made.label("made"),
        Unit.id.in_(REVIVED).label("revived"),
    )
    .select_from(_of_unit)
    .join(Unit, Unit.id == _of_unit.c.unit_id)
    .offset(0)
    .subquery("units")
)


def _where(condition: Any, value: Any) -> Any:
    return func.sum(case((condition, value), else_=0))


_seen, _lost = _units.c.made.is_not(None), ~_units.c.revived
_SUMS = (
    select(
        County.id,
        County.name,
        func.count(),
        func.sum(_units.c.loans),
        func.sum(_units.c.paid_out),
        func.sum(_units.c.promised),
        _where(_seen, 1),
        _where(_seen, _units.c.paid_out),
        _where(_seen, _units.c.promised),
        func.coalesce(func.sum(_units.c.made), 0),
        _where(_lost, _units.c.loans),
        _where(_lost, _units.c.paid_out),
    )
    .join(_units, _units.c.county_id == County.id)
    .group_by(County.id, County.name, County.sort_key)
    .order_by(County.sort_key, County.id)
)


def jobs(session: Session, as_of: date) -> Jobs:
    """All of it by the end of a day."""
    rows = session.execute(_SUMS, {"as_of": as_of}).all()
    counties = tuple(OfCounty(row[0], row[1], JobSums(*map(int, row[2:]))) for row in rows)
    total = JobSums()
    for each in counties:
        total = total.plus(each.sums)
    return Jobs(as_of, total, counties)
