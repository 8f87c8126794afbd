"""The progress report: its sheets, its sentences for what is not known, and its live control."""

from __future__ import annotations

import random
import shutil
import subprocess
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import load_workbook

from db import calendar
from db.calendar import from_jalali
from db.queries.progress import Figures, LoanFigures, Month, Share
from db.rules import pace
from desktop import kinds
from desktop.excel.control import ALL_SAME, DIFFERENT, SAME, SOME_DIFFER
from desktop.excel.progress_report import write_progress_report
from desktop.excel.tables import Table, write_table
from desktop.fields import Field

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from openpyxl.workbook import Workbook

FLAG = replace(kinds.FLAG, excel=kinds.FLAG.show)
STATE = kinds.choice({"stagnant": "راکد", "semi_stagnant": "نیمه‌راکد", "revived": "احیاشده"})
UNIT_FIELDS = (
    Field("code", "کد", kinds.CODE, 10, required=True),
    Field("name", "نام واحد", kinds.TEXT, 34, required=True),
    Field("county_id", "شهرستان", kinds.link("county"), 16),
    Field("industry", "رشته", kinds.TEXT, 30),
    Field("found_state", "وضع هنگام شناسایی", STATE, 12),
    Field("found_jobs", "شاغلان هنگام شناسایی", kinds.PEOPLE, 12),
    Field("returned_on", "روز بازگشت", kinds.DAY, 12),
    Field("state", "وضع کنونی", STATE, 12),
    Field("counted", "شمرده‌شده", FLAG, 10),
    Field("stopped", "باز ایستاده", FLAG, 10),
    Field("jobs_created", "اشتغال ایجادشده", kinds.COUNT, 12),
)
LOAN_FIELDS = (
    Field("unit_name", "واحد", kinds.TEXT, 34, required=True),
    Field("bank", "بانک", kinds.TEXT, 18),
    Field("stage", "مرحله", kinds.TEXT, 14),
    Field("applied_on", "روز درخواست", kinds.DAY, 12),
    Field("amount_asked", "مبلغ درخواست", kinds.RIAL, 20),
    Field("approved_standing", "مبلغ مصوب", kinds.RIAL, 20),
    Field("paid", "پرداخت‌شده", kinds.RIAL, 20),
)
COUNTIES = ("شیراز", "مرودشت", "کازرون", "فسا", "جهرم", "لار", "داراب", "نی‌ریز", "آباده",
            "اقلید", "فیروزآباد", "ممسنی", "لامرد", "", "Kavar *?")  # fmt: skip
INDUSTRIES = ("محصولات غذایی و آشامیدنی", "منسوجات", "چوب و کاغذ", "مواد و محصولات شیمیایی",
              "لاستیک و پلاستیک", "کانی غیرفلزی", "فلزات اساسی", ">100 & <b>", "ماشین‌آلات و تجهیزات",
              "قطعات خودرو", "مبلمان", "بازیافت")  # fmt: skip
BASELINE_ON, DEADLINE = from_jalali("1402/02/31"), from_jalali("1402/12/29")
BASELINE_UNITS, BASELINE_JOBS, TARGET = 110, 700, 400


def made_up_units(count: int, as_of: date, seed: int = 1) -> list[SimpleNamespace]:
    draw = random.Random(seed)
    units = []
    for number in range(1, count + 1):
        returned = BASELINE_ON + timedelta(draw.randrange(-60, 420))
        counted = draw.random() < 0.6 and BASELINE_ON < returned <= as_of
        units.append(
            SimpleNamespace(
                code=f"{number:05}",
                name=f"تولیدی شمارهٔ {number}",
                county=draw.choice(COUNTIES) or None,
                industry=draw.choice(INDUSTRIES),
                found_state=draw.choice(["stagnant", "semi_stagnant"]),
                found_jobs=draw.randrange(3, 50),
                returned_on=returned if counted else None,
                state="revived" if counted else "stagnant",
                counted=counted,
                stopped=draw.random() < 0.1,
                jobs_created=draw.randrange(30) if counted else draw.choice([None, 5]),
            )
        )
    return units


def made_up_loans(count: int, seed: int = 2) -> list[SimpleNamespace]:
    draw = random.Random(seed)
    return [
        SimpleNamespace(
            unit_name=f"تولیدی شمارهٔ {number}",
            bank=draw.choice(["ملی", "صادرات", "صنعت و معدن"]),
            stage=draw.choice(["مصوب", "پرداخت"]),
            applied_on=BASELINE_ON + timedelta(number % 90),
            amount_asked=draw.randrange(10**9, 9 * 10**10),
            approved_standing=draw.choice([0, draw.randrange(10**9, 5 * 10**10)]),
            paid=draw.choice([0, draw.randrange(10**8, 10**9)]),
        )
        for number in range(count)
    ]


def figures_of(
    units: Sequence[SimpleNamespace], loans: Sequence[SimpleNamespace], as_of: date
) -> Figures:
    """The figures of the rows, as the queries would give them."""
    counted = [unit for unit in units if unit.counted]
    known = as_of >= BASELINE_ON
    revived = BASELINE_UNITS + len(counted) if known else None
    stands = (BASELINE_ON, BASELINE_UNITS, as_of, revived or 0, TARGET, DEADLINE)
    projection = pace.project(*stands)
    remaining = None if revived is None else max(0, TARGET - revived)
    return Figures(
        as_of=as_of,
        title="احیای ۴۰۰ واحد صنعتی فارس",
        organisation="بسیج مهندسین صنعت و معدن",
        target=TARGET,
        deadline=DEADLINE,
        baseline_on=BASELINE_ON,
        baseline_units=BASELINE_UNITS,
        revived=revived,
        claimed=revived,
        sustained=None,
        running=None if revived is None else revived - sum(unit.stopped for unit in counted),
        remaining=remaining,
        percent=None if revived is None else round(revived * 100 / TARGET, 2),
        days_left=pace.days_left(as_of, DEADLINE),
        required_per_30_days=(
            None if remaining is None else pace.required_per_30_days(remaining, as_of, DEADLINE)
        ),
        pace_per_30_days=projection.pace_per_30_days if known else None,
        projected_at_deadline=projection.projected_at_deadline if known else None,
        forecast_date=projection.forecast_date if known else None,
        direct_jobs=BASELINE_JOBS + sum(unit.jobs_created for unit in counted) if known else None,
        groups=23,
        exercises=None,
        loans=LoanFigures(
            len(loans), sum(row.approved_standing for row in loans), sum(row.paid for row in loans)
        ),
        units=len(units),
        outlook=pace.outlook(*stands),
        months=_months(counted, as_of) if known else (),
        counties=_shares(units, "county"),
        industries=_shares(units, "industry"),
        plan=((BASELINE_ON, BASELINE_UNITS), (DEADLINE, TARGET)),
    )


def _months(counted: Sequence[SimpleNamespace], as_of: date) -> tuple[Month, ...]:
    in_month = Counter(calendar.month_of(unit.returned_on) for unit in counted)
    total, months = BASELINE_UNITS, []
    for year, month in calendar.months_between(BASELINE_ON, as_of):
        total += in_month[year, month]
        months.append(Month(year, month, in_month[year, month], total))
    return tuple(months)


def _shares(units: Sequence[SimpleNamespace], name: str) -> tuple[Share, ...]:
    every = Counter(getattr(unit, name) for unit in units)
    revived = Counter(getattr(unit, name) for unit in units if unit.counted)
    shares = [
        Share(number if place else None, place or "", revived[place], every[place])
        for number, place in enumerate(every)
    ]
    return tuple(sorted(shares, key=lambda share: (-share.revived, -share.units, share.name)))


def write(path: Path, as_of: date, units: int = 300, loans: int = 200, **changes: Any) -> Figures:
    some_units, some_loans = made_up_units(units, as_of), made_up_loans(loans)
    figures = replace(figures_of(some_units, some_loans, as_of), **changes)
    write_progress_report(
        path,
        figures,
        Table("units", UNIT_FIELDS, some_units, len(some_units)),
        Table("loans", LOAN_FIELDS, some_loans, len(some_loans)),
        baseline_jobs=BASELINE_JOBS,
    )
    return figures
