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
from db.rules.standing import FOR_EVER, STAGES

Run = Callable[[str, Mapping[str, object]], Sequence[Any]]  # SQL with :names -> its rows
Names = Sequence[tuple[int, str]]
Share = Counter[int | None]  # by the id of a county, an industry, a group; None is «not given»


@dataclass(frozen=True)
class Baseline:
    """Of the programme in force. `recorded`: it is the returns on record, not a number."""

    day: date
    recorded: bool


@dataclass(frozen=True)
class Returns:
    """The counted units: those whose revival is shown, by the day of their first return.

    Without the returns that are in the baseline's number already. `jobs` were made by these
    returns, and `early` of them are of the baseline's days; `waits` are days from registration to
    return of each unit, in order.
    """

    days: Counter[date]
    counties: Share
    industries: Share
    groups: Share
    jobs: int
    early_jobs: int
    waits: tuple[int, ...]


NO_RETURNS = Returns(Counter(), Share(), Share(), Share(), 0, 0, ())


@dataclass(frozen=True)
class Stages:
    """Units at each stage; and how many of those not in the baseline's number are claimed,
    counted, sustained, counted and stopped again.
    """

    units: Mapping[str, int]
    claimed: int
    counted: int
    sustained: int
    stopped: int


@dataclass(frozen=True)
class Loans:
    """How many, rial approved and standing, rial paid out."""

    count: int
    approved: int
    paid_out: int


@dataclass(frozen=True)
class Lists:
    """(id, name) of each row of a list in Persian order, the archived among them.

    `active` of the groups are active and were formed by the day; `exercises` had begun by it.
    """

    counties: Names
    industries: Names
    groups: Names
    active: int
    exercises: int


@dataclass(frozen=True)
class Tally:
    """All that is counted by `day`; `newest` is the last change that it knows of."""

    day: date
    baseline: Baseline
    newest: int
    returns: Returns
    stages: Stages
    counties: Share
    industries: Share
    groups: Share
    loans: Loans
    lists: Lists


_NOW = "s.since <= :day AND s.until > :day"  # archived units have no standing
# A few columns, each packed whole: to group them costs more than to find them. From the standings,
# whose index answers alone, to the narrow index of units; left to itself SQLite reads both tables.
# A loss of jobs is not a negative creation.
_MORE = "CASE WHEN s.jobs_after > u.found_jobs THEN s.jobs_after - u.found_jobs ELSE 0 END"
_RETURNS = f"""
    SELECT json_array(
        json_group_array(s.returned_on), json_group_array(u.registered_on),
        json_group_array(u.county_id), json_group_array(u.industry_id),
        json_group_array(u.group_id),
        sum({_MORE}), sum(CASE WHEN s.returned_on <= :baseline THEN {_MORE} ELSE 0 END))
    FROM standing s CROSS JOIN unit u ON u.id = s.unit_id AND u.archived_on IS NULL
    WHERE {_NOW} AND s.counted AND +s.returned_on > :after"""
# The spans that have not ended stand together in the index, stage by stage: no sorting.
_STAGE = """
    SELECT s.stage AS stage, count(*) AS units,
        sum(CASE WHEN s.returned_on > :after THEN 1 ELSE 0 END) AS claimed,
        sum(CASE WHEN s.counted AND s.returned_on > :after THEN 1 ELSE 0 END) AS counted
    FROM standing s WHERE {which} AND s.since <= :day GROUP BY s.stage"""
_STAGES = f"""
    SELECT json_group_array(json_array(stage, units, claimed, counted)) FROM (
    {_STAGE.format(which=f"s.until = '{FOR_EVER}'")}
    UNION ALL {_STAGE.format(which=f"s.until > :day AND s.until < '{FOR_EVER}'")})"""
_UNITS = """
    SELECT county_id, industry_id, group_id, count(*) AS number FROM unit
    WHERE archived_on IS NULL {by_the_day} GROUP BY county_id, industry_id, group_id"""
_STANDS = """approved_on <= :day AND (rejected_on IS NULL OR rejected_on > :day)
    AND (withdrawn_on IS NULL OR withdrawn_on > :day)"""
_LOANS = """
    SELECT count(*) FROM {few} loan WHERE loan.archived_on IS NULL AND applied_on <= :day {join}"""
_APPROVED = f"""
    SELECT coalesce(sum(amount_approved), 0) FROM {{few}} loan
    WHERE loan.archived_on IS NULL AND {_STANDS} {{join}}"""
_PAID = """
    SELECT coalesce(sum(amount), 0) FROM {few} tranche
    WHERE tranche.archived_on IS NULL AND day <= :day {join}"""
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
_NAMES = """SELECT json_group_array(json_array(id, name))
    FROM (SELECT id, name FROM {table} ORDER BY sort_key, id)"""
_ACTIVE = """SELECT count(*) FROM jihadi_group
    WHERE archived_on IS NULL AND active AND (formed_on IS NULL OR formed_on <= :day)"""
_EXERCISES = """SELECT count(*) FROM exercise
    WHERE archived_on IS NULL AND kind = 'exercise' AND starts_on <= :day"""
NEWEST = "SELECT coalesce(max(id), 0) FROM change"


def _less(total: str, gone: Mapping[str, str]) -> str:
    """Loans of an archived unit are gone with it: a total must equal the rows behind it.

    They are taken off in the end, which is quicker than to ask for the unit of every loan.
    """
    return f"({total.format(few='', join='')}) - ({total.format(**gone)})"


# All of it in one row: SQLite counts while Python does something else, and the way from one to
# the other is dear where both are busy, as at the start of the program.
TALLY = f"""
SELECT
    ({NEWEST}),
    ({_RETURNS}),
    ({_STAGES}),
    (SELECT json_group_array(json_array(county_id, industry_id, group_id, number))
        FROM ({_UNITS})),
    {_less(_LOANS, _OF_GONE_UNIT)},
    {_less(_APPROVED, _OF_GONE_UNIT)},
    {_less(_PAID, _OF_GONE_LOAN)},
    ({_NAMES.format(table="county")}),
    ({_NAMES.format(table="industry")}),
    ({_NAMES.format(table="jihadi_group")}),
    ({_ACTIVE}),
    ({_EXERCISES})"""


def newest_change(run: Run) -> int:
    return int(run(NEWEST, {})[0][0])


def baseline(run: Run) -> Baseline:
    sql = """SELECT baseline_on, baseline_kind FROM programme WHERE archived_on IS NULL
        ORDER BY id DESC LIMIT 1"""
    day, kind = run(sql, {})[0]
    return Baseline(_day(day), kind == "records")


def tally(run: Run, base: Baseline, day: date) -> Tally:
    """Everything by the end of `day`."""
    after = date.min if base.recorded else base.day
    of = {
        "day": day.isoformat(), "baseline": base.day.isoformat(), "after": after.isoformat(),
    }  # fmt: skip
    # None is registered later than today.
    by_the_day = "AND registered_on <= :day" if day < calendar.today() else ""
    newest, returns, stages, units, *more = run(TALLY.format(by_the_day=by_the_day), of)[0]
    *loans, counties, industries, groups, active, exercises = more
    lists = Lists(_names(counties), _names(industries), _names(groups), active, exercises)
    return Tally(day, base, newest, _returns(returns), _stages(stages), *_units(units),
                 Loans(*loans), lists)  # fmt: skip


def _returns(packed: str) -> Returns:
    days, starts, counties, industries, groups, jobs, early = json.loads(packed)
    known = {text: _day(text) for text in {*days, *starts}}  # the days are few, the units many
    return Returns(
        Counter({known[text]: number for text, number in Counter(days).items()}),
        Counter(counties),
        Counter(industries),
        Counter(groups),
        jobs or 0,
        early or 0,
        tuple(sorted(
            (known[end] - known[start]).days for end, start in zip(days, starts, strict=True)
        )),
    )  # fmt: skip


def _stages(packed: str) -> Stages:
    units, claimed, counted = ({str(stage): 0 for stage in STAGES} for _ in range(3))
    for stage, *numbers in json.loads(packed):
        for sums, number in zip((units, claimed, counted), numbers, strict=True):
            sums[stage] += number
    return Stages(
        units, sum(claimed.values()), sum(counted.values()), counted["sustained"],
        counted["stopped"],
    )  # fmt: skip


def _names(packed: str) -> Names:
    return [(number, name) for number, name in json.loads(packed)]


def _day(value: date | str) -> date:
    """Some databases give a day as it is, SQLite as ISO text."""
    return date.fromisoformat(value) if isinstance(value, str) else value


def _units(packed: str) -> tuple[Share, Share, Share]:
    counties, industries, groups = Share(), Share(), Share()
    for county, industry, group, number in json.loads(packed):
        counties[county] += number
        industries[industry] += number
        groups[group] += number
    return counties, industries, groups
