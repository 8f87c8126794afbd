"""Counting returns, units and loans by a day: each in one look through an index that answers it."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, case, func, or_, select, union_all

from db import calendar
from db.models import Loan, Revival, Tranche, Unit
from db.queries.listing import AS_OF
from db.queries.units import first_by_as_of, last_by_as_of

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Select
    from sqlalchemy.orm import Session

Share = Counter[int | None]  # by the id of a county or an industry; None is «not given»


@dataclass(frozen=True)
class Returns:
    """The counted units: live, first returned after the baseline day, by `as_of`.

    `jobs` were made by these returns; `stopped` of the units are known to have stopped again.
    """

    days: Counter[date]
    counties: Share
    industries: Share
    jobs: int
    stopped: int


NONE = Returns(Counter(), Counter(), Counter(), 0, 0)


def returns(session: Session, baseline_on: date, day: date) -> Returns:
    """One row of three columns, each packed whole: to group them is dearer than to find them."""
    query = (
        select(
            func.json_group_array(Revival.returned_on),
            func.json_group_array(Unit.county_id),
            func.json_group_array(Unit.industry_id),
            func.sum(_jobs_created()),
        )
        .join(Unit, Unit.id == Revival.unit_id)
        .where(
            Unit.archived_on.is_(None),
            Revival.returned_on > baseline_on,
            first_by_as_of(Revival),
        )
    )
    days, counties, industries, jobs = session.execute(query, {"as_of": day}).one()
    by_day: Counter[str] = Counter(json.loads(days))
    return Returns(
        Counter({date.fromisoformat(each): number for each, number in by_day.items()}),
        Counter(json.loads(counties)),
        Counter(json.loads(industries)),
        jobs or 0,
        _stopped(session, baseline_on, day),
    )


def _jobs_created() -> ColumnElement[int]:
    """Heads at work after the return beyond those found; a loss is not a negative creation."""
    more = Revival.jobs_after - Unit.found_jobs
    return case((more > 0, more), else_=0)


def _stopped(session: Session, baseline_on: date, day: date) -> int:
    """A unit that had returned by the baseline day is in the baseline, not among the counted."""
    earlier = select(Revival.unit_id).where(
        Revival.archived_on.is_(None), Revival.returned_on <= baseline_on
    )
    query = (
        select(func.count())
        .select_from(Revival)
        .join(Unit, Unit.id == Revival.unit_id)
        .where(
            Unit.archived_on.is_(None),
            Revival.stopped_on <= AS_OF,
            last_by_as_of(Revival),
            Revival.unit_id.not_in(earlier),
        )
    )
    return session.scalar(query, {"as_of": day}) or 0


def units(session: Session, day: date) -> tuple[Share, Share]:
    """The units on record, by county and by industry."""
    query = (
        select(Unit.county_id, Unit.industry_id, func.count())
        .where(Unit.archived_on.is_(None))
        .group_by(Unit.county_id, Unit.industry_id)
    )
    if day < calendar.today():  # none is registered later than today
        query = query.where(Unit.registered_on <= day)
    counties, industries = Share(), Share()
    for county, industry, number in session.execute(query):
        counties[county] += number
        industries[industry] += number
    return counties, industries


def stands(loan: Any) -> ColumnElement[bool]:
    """Neither rejected nor withdrawn by `as_of`."""
    return and_(
        or_(loan.rejected_on.is_(None), loan.rejected_on > AS_OF),
        or_(loan.withdrawn_on.is_(None), loan.withdrawn_on > AS_OF),
    )


def loans(session: Session, day: date) -> tuple[int, int, int]:
    """(how many, rial approved and standing, rial paid out).

    Loans of an archived unit are gone with it: a total must equal the rows behind it. They are
    taken off in the end, which is quicker than to ask for the unit of every loan.
    """
    live = Loan.archived_on.is_(None)
    of_gone_unit = (Unit, and_(Unit.id == Loan.unit_id, Unit.archived_on.is_not(None)))
    count = select(func.count(Loan.id)).where(live, Loan.applied_on <= AS_OF)
    approved = select(func.sum(Loan.amount_approved)).where(
        live, Loan.approved_on <= AS_OF, stands(Loan)
    )
    paid = select(func.sum(Tranche.amount)).where(
        Tranche.archived_on.is_(None), Tranche.day <= AS_OF
    )
    gone = union_all(
        select(Loan.id).where(Loan.archived_on.is_not(None)),
        select(Loan.id).join(*of_gone_unit).where(live),
    ).subquery()
    return (
        _less(session, day, count, count.join(*of_gone_unit)),
        _less(session, day, approved, approved.join(*of_gone_unit)),
        _less(session, day, paid, paid.join(gone, gone.c.id == Tranche.loan_id)),
    )


def _less(session: Session, day: date, whole: Select[Any], part: Select[Any]) -> int:
    of = {"as_of": day}
    return int(session.scalar(whole, of) or 0) - int(session.scalar(part, of) or 0)
