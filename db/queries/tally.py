"""Counting returns, units and loans by a day, each in one look through an index that answers it.

Plain SQL, run by whoever has a connection: the window has it counted while it imports SQLAlchemy.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from db import calendar

Run = Callable[[str, Mapping[str, object]], Sequence[Any]]  # SQL with :names -> its rows
Share = Counter[int | None]  # by the id of a county or an industry; None is «not given»


@dataclass(frozen=True)
class Returns:
    """The counted units: live, first returned after the baseline day, by the day.

    `jobs` were made by these returns; `stopped` of the units are known to have stopped again.
    """

    days: Counter[date]
    counties: Share
    industries: Share
    jobs: int
    stopped: int


@dataclass(frozen=True)
class Loans:
    """How many, rial approved and standing, rial paid out."""

    count: int
    approved: int
    paid_out: int


@dataclass(frozen=True)
class Tally:
    """All that is counted by `day`; `newest` is the last change that it knows of."""

    day: date
    baseline_on: date
    newest: int
    returns: Returns
    counties: Share
    industries: Share
    loans: Loans


# The first return of a unit, whatever the day: none of its others is before it.
_FIRST = """(SELECT o.id FROM revival o WHERE o.unit_id = r.unit_id AND o.archived_on IS NULL
    ORDER BY o.returned_on, o.id LIMIT 1)"""
_LAST = """(SELECT o.id FROM revival o WHERE o.unit_id = r.unit_id AND o.archived_on IS NULL
    AND o.returned_on <= :day ORDER BY o.returned_on DESC, o.id DESC LIMIT 1)"""
_RETURNED = """FROM revival r JOIN unit u ON u.id = r.unit_id
WHERE u.archived_on IS NULL AND r.archived_on IS NULL AND r.returned_on <= :day"""

# Three columns, each packed whole into one row: to group them costs more than to find them.
# A loss of jobs is not a negative creation.
RETURNS = f"""
SELECT json_group_array(r.returned_on), json_group_array(u.county_id),
    json_group_array(u.industry_id),
    sum(CASE WHEN r.jobs_after > u.found_jobs THEN r.jobs_after - u.found_jobs ELSE 0 END)
{_RETURNED} AND r.returned_on > :baseline AND r.id = {_FIRST}"""
# A unit that had returned by the baseline day is in the baseline, not among the counted.
STOPPED = f"""
SELECT count(*) {_RETURNED} AND r.stopped_on <= :day AND r.id = {_LAST}
    AND r.unit_id NOT IN (SELECT unit_id FROM revival
        WHERE archived_on IS NULL AND returned_on <= :baseline)"""
UNITS = """
SELECT county_id, industry_id, count(*) FROM unit
WHERE archived_on IS NULL {by_the_day} GROUP BY county_id, industry_id"""
_STANDS = """approved_on <= :day AND (rejected_on IS NULL OR rejected_on > :day)
    AND (withdrawn_on IS NULL OR withdrawn_on > :day)"""
COUNT = """
SELECT count(*) FROM {few} loan WHERE loan.archived_on IS NULL AND applied_on <= :day {join}"""
APPROVED = f"""
SELECT sum(amount_approved) FROM {{few}} loan
WHERE loan.archived_on IS NULL AND {_STANDS} {{join}}"""
PAID = """
SELECT sum(amount) FROM {few} tranche WHERE tranche.archived_on IS NULL AND day <= :day {join}"""
# CROSS JOIN keeps its order: from the few to the many.
_OF_GONE_UNIT = {
    "few": "unit u CROSS JOIN",
    "join": "AND u.archived_on IS NOT NULL AND loan.unit_id = u.id",
}
_OF_GONE_LOAN = {
    "few": """(SELECT id FROM loan WHERE archived_on IS NOT NULL UNION ALL
        SELECT loan.id FROM unit u CROSS JOIN loan WHERE loan.archived_on IS NULL
        AND u.archived_on IS NOT NULL AND loan.unit_id = u.id) gone CROSS JOIN""",
    "join": "AND tranche.loan_id = gone.id",
}
_ALL = {"few": "", "join": ""}


def newest_change(run: Run) -> int:
    return int(run("SELECT coalesce(max(id), 0) FROM change", {})[0][0])


def baseline_day(run: Run) -> date:
    """Of the programme in force: the newest one."""
    sql = "SELECT baseline_on FROM programme WHERE archived_on IS NULL ORDER BY id DESC LIMIT 1"
    return date.fromisoformat(run(sql, {})[0][0])


def tally(run: Run, baseline_on: date, day: date) -> Tally:
    """Everything by the end of `day`; of returns nothing before the baseline day."""
    of = {"day": day.isoformat(), "baseline": baseline_on.isoformat()}
    return Tally(day, baseline_on, newest_change(run), _returns(run, of), *_units(run, day, of),
                 _loans(run, of))  # fmt: skip


def _returns(run: Run, of: Mapping[str, object]) -> Returns:
    days, counties, industries, jobs = run(RETURNS, of)[0]
    by_day: Counter[str] = Counter(json.loads(days))
    return Returns(
        Counter({date.fromisoformat(each): number for each, number in by_day.items()}),
        Counter(json.loads(counties)),
        Counter(json.loads(industries)),
        jobs or 0,
        run(STOPPED, of)[0][0],
    )


def _units(run: Run, day: date, of: Mapping[str, object]) -> tuple[Share, Share]:
    # None is registered later than today.
    by_the_day = "AND registered_on <= :day" if day < calendar.today() else ""
    counties, industries = Share(), Share()
    for county, industry, number in run(UNITS.format(by_the_day=by_the_day), of):
        counties[county] += number
        industries[industry] += number
    return counties, industries


def _loans(run: Run, of: Mapping[str, object]) -> Loans:
    """Loans of an archived unit are gone with it: a total must equal the rows behind it.

    They are taken off in the end, which is quicker than to ask for the unit of every loan.
    """

    def less(sql: str, gone: Mapping[str, str]) -> int:
        whole, part = (run(sql.format(**which), of)[0][0] or 0 for which in (_ALL, gone))
        return int(whole) - int(part)

    return Loans(
        less(COUNT, _OF_GONE_UNIT), less(APPROVED, _OF_GONE_UNIT), less(PAID, _OF_GONE_LOAN)
    )
