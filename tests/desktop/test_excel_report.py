"""The progress report: its sheets, its sentences for what is not known, and its live control."""

from __future__ import annotations

import random
import re
import shutil
import subprocess
import zipfile
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import load_workbook

from db import calendar
from db.calendar import from_jalali
from db.queries.field import FieldFigures
from db.queries.owed import Owed
from db.queries.progress import Figures, LoanFigures, Month, Share
from db.rules import pace
from desktop import choices, kinds
from desktop.excel.control import ALL_SAME, DIFFERENT, SAME, SOME_DIFFER
from desktop.excel.progress_report import write_progress_report
from desktop.excel.tables import Table, write_table
from desktop.excel.work import Work
from desktop.fields import Field

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from openpyxl.workbook import Workbook

STATE = kinds.choice({"stagnant": "راکد", "semi_stagnant": "نیمه‌راکد", "revived": "احیاشده"})
UNIT_FIELDS = (
    Field("code", "کد", kinds.CODE, 10, required=True),
    Field("name", "نام واحد", kinds.TEXT, 34, required=True),
    Field("county_id", "شهرستان", kinds.link("county"), 16),
    Field("industry", "رشته", kinds.TEXT, 30),
    Field("group_id", "گروه", kinds.link("group"), 20),
    Field("found_state", "وضع هنگام شناسایی", STATE, 12),
    Field("found_jobs", "شاغلان هنگام شناسایی", kinds.PEOPLE, 12),
    Field("returned_on", "روز بازگشت", kinds.DAY, 12),
    Field("state", "وضع کنونی", STATE, 12),
    Field("claimed", "اعلام‌شده", kinds.FLAG, 10),
    Field("sustained", "پایدار", kinds.FLAG, 10),
    Field("counted", "شمرده‌شده", kinds.FLAG, 10),
    Field("stopped", "باز ایستاده", kinds.FLAG, 10),
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
    Field("due", "سررسیدشده", kinds.RIAL, 20),
    Field("repaid", "بازپرداخت‌شده", kinds.RIAL, 20),
    Field("balance", "مانده", kinds.RIAL, 20),
    Field("overdue", "معوقه", kinds.RIAL, 20),
)
COUNTIES = ("شیراز", "مرودشت", "کازرون", "فسا", "جهرم", "لار", "داراب", "نی‌ریز", "آباده",
            "اقلید", "فیروزآباد", "ممسنی", "لامرد", "", "Kavar *?")  # fmt: skip
INDUSTRIES = ("محصولات غذایی و آشامیدنی", "منسوجات", "چوب و کاغذ", "مواد و محصولات شیمیایی",
              "لاستیک و پلاستیک", "کانی غیرفلزی", "فلزات اساسی", ">100 & <b>",
              "ماشین‌آلات و تجهیزات", "قطعات خودرو", "مبلمان", "بازیافت")  # fmt: skip
BASELINE_ON, DEADLINE = from_jalali("1402/02/31"), from_jalali("1402/12/29")
BASELINE_UNITS, BASELINE_JOBS, TARGET = 110, 700, 400


def made_up_units(count: int, as_of: date, seed: int = 1) -> list[SimpleNamespace]:
    draw = random.Random(seed)
    units = []
    for number in range(1, count + 1):
        returned = BASELINE_ON + timedelta(draw.randrange(-60, 420))
        counted = draw.random() < 0.6 and BASELINE_ON < returned <= as_of
        sustained = counted and number % 3 == 0
        units.append(
            SimpleNamespace(
                code=f"{number:05}",
                name=f"تولیدی شمارهٔ {number}",
                county=draw.choice(COUNTIES) or None,
                industry=draw.choice(INDUSTRIES),
                group=draw.choice(["گروه پیشگام", "گروه سازندگی", None]),
                found_state=draw.choice(["stagnant", "semi_stagnant"]),
                found_jobs=draw.randrange(3, 50),
                returned_on=returned if counted else None,
                state="revived" if counted else "stagnant",
                claimed=counted or number % 7 == 0,
                counted=counted,
                sustained=sustained,
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
            due=draw.choice([None, draw.randrange(10**8, 10**9)]),
            repaid=draw.choice([None, draw.randrange(10**8, 10**9)]),
            balance=draw.choice([None, draw.randrange(10**8, 10**9)]),
            overdue=draw.choice([None, 0, draw.randrange(10**8, 10**9)]),
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
        baseline_jobs=BASELINE_JOBS,
        baseline_recorded=False,
        reached_before=BASELINE_UNITS,
        revived=revived,
        claimed=BASELINE_UNITS + sum(unit.claimed for unit in units) if known else None,
        sustained=sum(unit.sustained for unit in counted) if known else None,
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
        exercises=2,
        loans=LoanFigures(
            len(loans), sum(row.approved_standing for row in loans), sum(row.paid for row in loans)
        ),
        units=len(units),
        stages={},
        median_days=None,
        outlook=pace.outlook(*stands),
        months=_months(counted, as_of) if known else (),
        counties=_shares(units, "county"),
        industries=_shares(units, "industry"),
        group_shares=_shares(units, "group"),
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


VISIT_FIELDS = (
    Field("day", "روز", kinds.DAY, 12, required=True),
    Field("review", "بررسی", choices.REVIEW, 12),
    Field("due", "سررسید", kinds.FLAG, 10),
)
OBSTACLE_FIELDS = (
    Field("kind", "نوع", kinds.TEXT, 20, required=True),
    Field("state", "وضعیت", choices.OBSTACLE_STATE, 10),
)
ACTION_FIELDS = (
    Field("what", "شرح", kinds.TEXT, 20, required=True),
    Field("state", "وضعیت", choices.ACTION_STATE, 10),
)


def owed_of(loans: Sequence[SimpleNamespace]) -> Owed:
    return Owed(*(sum(getattr(loan, name) or 0 for loan in loans)
                  for name in ("repaid", "balance", "overdue")))  # fmt: skip


def made_up_work(as_of: date, count: int = 30, loans: Sequence[SimpleNamespace] = ()) -> Work:
    """Rows of every kind, and the figures that they come to."""
    draw = random.Random(5)
    visits = [
        SimpleNamespace(day=as_of, review=draw.choice(list(choices.REVIEW.choices)), due=n % 4 == 0)
        for n in range(count)
    ]
    obstacles = [SimpleNamespace(kind="k", state="removed" if n % 3 else "open")
                 for n in range(count)]  # fmt: skip
    actions = [SimpleNamespace(what="w", state=draw.choice(list(choices.ACTION_STATE.choices)))
               for n in range(count)]  # fmt: skip
    late = sum(row.state == "late" for row in actions)
    figures = FieldFigures(
        as_of=as_of,
        visits_done=sum(row.review == "accepted" for row in visits),
        visits_due=sum(row.due for row in visits),
        first_visits_due=0,
        obstacles_open=sum(row.state == "open" for row in obstacles),
        obstacles_removed=sum(row.state == "removed" for row in obstacles),
        actions_open=late + sum(row.state == "open" for row in actions),
        actions_late=late,
        kinds=(),
        agencies=(),
        owed=owed_of(loans),
    )
    return Work(
        figures,
        Table("visits", VISIT_FIELDS, visits, count),
        Table("obstacles", OBSTACLE_FIELDS, obstacles, count),
        Table("actions", ACTION_FIELDS, actions, count),
    )


def write(path: Path, as_of: date, units: int = 300, loans: int = 200, **changes: Any) -> Figures:
    some_units, some_loans = made_up_units(units, as_of), made_up_loans(loans)
    figures = replace(figures_of(some_units, some_loans, as_of), **changes)
    write_progress_report(
        path,
        figures,
        Table("units", UNIT_FIELDS, some_units, len(some_units)),
        Table("loans", LOAN_FIELDS, some_loans, len(some_loans)),
        made_up_work(as_of, loans=some_loans),
    )
    return figures


NAMES = ["خلاصه", "ماه‌ها", "واحدها", "تسهیلات", "پایش‌ها", "مانع‌ها", "اقدام‌ها", "شهرستان‌ها",
         "رشته‌ها", "گروه‌ها", "کنترل"]  # fmt: skip
HALFWAY = from_jalali("1402/09/15")


def summary(book: Workbook) -> dict[str, tuple[Any, Any]]:
    """Value and unit of each figure, by its label."""
    return {
        str(label): (value, unit)
        for label, value, unit, *_ in book["خلاصه"].iter_rows(6, values_only=True)
        if label
    }


def control(book: Workbook) -> list[tuple[Any, ...]]:
    return [row[:4] for row in book["کنترل"].iter_rows(6, values_only=True) if row[0]]


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calendar, "today", lambda: from_jalali("1402/09/16"))


def test_sheets_and_their_set_up(tmp_path: Path) -> None:
    write(tmp_path / "a.xlsx", HALFWAY)
    book = load_workbook(tmp_path / "a.xlsx")
    assert book.sheetnames == NAMES
    assert book.calculation.fullCalcOnLoad
    for sheet in book.worksheets:
        assert sheet.sheet_view.rightToLeft
        assert sheet.page_setup.orientation == "landscape"
        assert "صفحهٔ &P" in sheet.oddFooter.center.text
    for sheet in book.worksheets[1:]:
        header = int(sheet.freeze_panes.removeprefix("A")) - 1
        assert sheet.print_title_rows == f"${header}:${header}"
        assert sheet.auto_filter.ref.startswith(f"A{header}:")
        assert sheet.auto_filter.ref.endswith(str(sheet.max_row))
    assert book["خلاصه"].page_setup.fitToHeight == 1


def test_every_figure_is_told(tmp_path: Path) -> None:
    figures = write(tmp_path / "a.xlsx", HALFWAY)
    book = load_workbook(tmp_path / "a.xlsx")
    told = summary(book)
    assert told["هدف"] == (400, "واحد")
    assert told["احیای شمرده‌شده، با مبنا"] == (figures.revived, "واحد")
    assert told["تحقق هدف"] == (figures.percent, "درصد")
    assert told["مهلت"][0] == "سه‌شنبه ۲۹ اسفند ۱۴۰۲"
    assert told["اشتغال مستقیم، با مبنا"] == (figures.direct_jobs, "نفر")
    assert told["مصوب"] == (figures.loans.approved, "ریال")
    assert told["احیای پایدار"] == (figures.sustained, "واحد")
    owed = owed_of(made_up_loans(200))
    assert told["بازپرداخت‌شده"] == (owed.repaid, "ریال")
    assert told["ماندهٔ تسهیلات"] == (owed.outstanding, "ریال")
    assert told["معوقه"] == (owed.overdue, "ریال")
    sheet = book["خلاصه"]
    assert sheet["A1"].value == "گزارش پیشرفت: احیای ۴۰۰ واحد صنعتی فارس"
    assert sheet["A2"].value == (
        "بسیج مهندسین صنعت و معدن · تا پایان ۱۵ آذر ۱۴۰۲ · ساخته‌شده در ۱۶ آذر ۱۴۰۲"
    )
    assert sheet["A3"].value.startswith("۱۹۲ از ۴۰۰ واحد؛ ۲۰۸ واحد تا ۲۹ اسفند ۱۴۰۲.")


@pytest.mark.parametrize(
    ("day", "changes", "sentence", "unknown"),
    [
        (
            "1402/01/15",
            {},
            "شمارش از روز مبنا",
            ["احیای شمرده‌شده، با مبنا", "اشتغال مستقیم، با مبنا"],
        ),
        ("1402/02/31", {}, "این روز، روز مبناست", ["پیش‌بینی روز رسیدن به هدف"]),
        ("1402/09/15", {}, "کم می‌آید", []),
        ("1402/09/15", {"outlook": "on_track"}, "به دست می‌آید", []),
        ("1402/09/15", {"outlook": "behind", "projected_at_deadline": None}, "۴۰۰", []),
        ("1402/09/15", {"forecast_date": None}, "", ["پیش‌بینی روز رسیدن به هدف"]),
        ("1403/03/15", {}, "مهلت گذشت", ["آهنگ لازم در هر ۳۰ روز", "پیش‌بینی برای روز مهلت"]),
        ("1403/03/15", {"organisation": ""}, "مهلت", []),
    ],
)
def test_what_is_not_known_is_said(
    tmp_path: Path, day: str, changes: dict[str, Any], sentence: str, unknown: list[str]
) -> None:
    write(tmp_path / "a.xlsx", from_jalali(day), 60, 20, **changes)
    book = load_workbook(tmp_path / "a.xlsx", data_only=True)
    assert sentence in book["خلاصه"]["A3"].value
    told = summary(book)
    assert all(isinstance(told[label][0], str) for label in unknown)
    assert {row[3] for row in control(book)} == {SAME}


def test_the_target_reached(tmp_path: Path) -> None:
    figures = write(tmp_path / "a.xlsx", from_jalali("1402/12/20"), 900)
    assert figures.outlook == "reached"
    told = summary(load_workbook(tmp_path / "a.xlsx"))
    assert told["پیش‌بینی روز رسیدن به هدف"][0] == "هدف به دست آمده است."
    assert told["آهنگ لازم در هر ۳۰ روز"][0] == 0


def test_nothing_but_the_baseline(tmp_path: Path) -> None:
    figures = write(tmp_path / "a.xlsx", HALFWAY, 0, 0)
    assert figures.outlook == "no_pace"
    book = load_workbook(tmp_path / "a.xlsx", data_only=True)
    assert "افزوده نشده" in book["خلاصه"]["A3"].value
    assert "افزوده نشده" in summary(book)["پیش‌بینی روز رسیدن به هدف"][0]
    assert book["کنترل"]["B2"].value == ALL_SAME
    assert len(load_workbook(tmp_path / "a.xlsx")["خلاصه"]._charts) == 1


def test_charts_are_real_and_read_the_sheets(tmp_path: Path) -> None:
    write(tmp_path / "a.xlsx", HALFWAY)
    line, counties, industries = load_workbook(tmp_path / "a.xlsx")["خلاصه"]._charts
    assert [series.val.numRef.f for series in line.series] == [
        f"'ماه‌ها'!${letter}$4:${letter}$14" for letter in "DEF"
    ]
    assert line.series[0].cat.strRef.f == "'ماه‌ها'!$B$4:$B$14"
    assert counties.series[0].val.numRef.f == "'شهرستان‌ها'!$C$5:$C$14"
    assert industries.series[0].val.numRef.f == "'رشته‌ها'!$C$5:$C$14"
    for chart in (line, counties, industries):
        assert chart.x_axis.scaling.orientation == "maxMin"
        assert not chart.x_axis.delete
    spans = [
        (chart.anchor._from.col, chart.anchor._from.row, chart.anchor.to.col, chart.anchor.to.row)
        for chart in (line, counties, industries)
    ]
    assert spans == [(4, 5, 12, 19), (4, 19, 8, 42), (8, 19, 12, 42)]


def test_months_go_to_the_deadline_with_plan_and_forecast(tmp_path: Path) -> None:
    figures = write(tmp_path / "a.xlsx", HALFWAY)
    rows = list(load_workbook(tmp_path / "a.xlsx")["ماه‌ها"].iter_rows(4, values_only=True))
    assert rows[0] == ("1402/02", "اردیبهشت ۱۴۰۲", 0, 110, 110, None)
    assert rows[7][:2] == ("1402/09", "آذر ۱۴۰۲")
    assert rows[7][3] == figures.revived
    assert rows[8][2:4] == (None, None)
    assert rows[-1] == ("1402/12", "اسفند ۱۴۰۲", None, None, 400, figures.projected_at_deadline)
    assert [row[5] is None for row in rows] == [True] * 7 + [False] * 4


def test_after_the_deadline_there_is_no_forecast(tmp_path: Path) -> None:
    write(tmp_path / "a.xlsx", from_jalali("1403/02/10"))
    book = load_workbook(tmp_path / "a.xlsx")
    rows = list(book["ماه‌ها"].iter_rows(4, values_only=True))
    assert rows[-1][0] == "1403/02"
    assert {row[5] for row in rows} == {None}
    assert len(book["خلاصه"]._charts[0].series) == 2


def test_places_of_one_name_and_of_none(tmp_path: Path) -> None:
    units = made_up_units(40, HALFWAY)
    figures = figures_of(units, [], HALFWAY)
    first, *others = figures.counties
    split = (replace(first, revived=0, units=1),
             replace(first, revived=first.revived, units=first.units - 1))  # fmt: skip
    figures = replace(figures, counties=(*split, *others))
    write_progress_report(
        tmp_path / "a.xlsx", figures, Table("", UNIT_FIELDS, units, 40),
        Table("", LOAN_FIELDS, [], 0), made_up_work(HALFWAY),
    )  # fmt: skip
    book = load_workbook(tmp_path / "a.xlsx", data_only=True)
    assert book["کنترل"]["B2"].value == ALL_SAME
    labels = [row[0] for row in control(book)]
    assert labels.count(f"{first.name}: احیاشده") == 1
    assert "(ثبت نشده): احیاشده" in labels


def test_totals_longer_than_excel_can_hold(tmp_path: Path) -> None:
    loans = [*made_up_loans(3)] + [
        SimpleNamespace(**vars(made_up_loans(1)[0]) | {"approved_standing": 9 * 10**14 + 1})
        for _ in range(3)
    ]
    figures = figures_of([], loans, HALFWAY)
    write_progress_report(
        tmp_path / "a.xlsx", figures, Table("", UNIT_FIELDS, [], 0),
        Table("", LOAN_FIELDS, loans, 6), made_up_work(HALFWAY, loans=loans),
    )  # fmt: skip
    book = load_workbook(tmp_path / "a.xlsx", data_only=True)
    assert str(summary(book)["مصوب"][0]).startswith("۲٬۷۰۰٬")
    assert "تسهیلات مصوب، میلیون ریال" in {row[0] for row in control(book)}
    assert book["کنترل"]["B2"].value == ALL_SAME


def test_a_figure_that_does_not_agree_is_seen(tmp_path: Path) -> None:
    write(tmp_path / "a.xlsx", HALFWAY, direct_jobs=5000)
    book = load_workbook(tmp_path / "a.xlsx", data_only=True)
    assert book["کنترل"]["B2"].value == SOME_DIFFER
    assert book["خلاصه"]["A4"].value == f"کنترل: {SOME_DIFFER}"
    assert [row[0] for row in control(book) if row[3] == DIFFERENT] == [
        "اشتغال مستقیم: مبنا و واحدهای شمرده‌شده"
    ]


def test_control_formulas_are_live(tmp_path: Path) -> None:
    write(tmp_path / "a.xlsx", HALFWAY)
    book = load_workbook(tmp_path / "a.xlsx")
    assert all(str(cell).startswith("=") for row in control(book) for cell in row[1:])
    sheet = book["کنترل"]
    assert sheet["C6"].value == "='خلاصه'!$B$8+COUNTIF('واحدها'!$L$5:$L$304,\"بله\")"
    assert sheet["D6"].value == f'=IF(ABS(B6-C6)<0.001,"{SAME}","{DIFFERENT}")'
    colors = [rule for rules in sheet.conditional_formatting for rule in rules.rules]
    assert len(colors) == 4


def test_a_field_the_control_needs_is_asked_for(tmp_path: Path) -> None:
    figures = figures_of([], [], HALFWAY)
    with pytest.raises(KeyError, match="jobs_created"):
        write_progress_report(
            tmp_path / "a.xlsx", figures, Table("", UNIT_FIELDS[:-1], [], 0),
            Table("", LOAN_FIELDS, [], 0), made_up_work(HALFWAY),
        )  # fmt: skip
    assert not list(tmp_path.iterdir())


soffice = pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")


def recalculated(path: Path, folder: Path) -> Workbook:
    """The workbook as LibreOffice has it, all its formulas worked out by LibreOffice itself."""
    bare = folder / "bare.xlsx"
    _without_values(path, bare)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    out = folder / "out"
    command = ["soffice", profile, "--headless", "--convert-to", "xlsx", "--outdir", str(out)]
    subprocess.run([*command, str(bare)], check=True, capture_output=True, timeout=180)
    return load_workbook(out / bare.name, data_only=True)


def _without_values(path: Path, target: Path) -> None:
    """A copy whose formulas have no values yet: what is there afterwards was worked out."""
    with zipfile.ZipFile(path) as parts, zipfile.ZipFile(target, "w") as copy:
        for name in parts.namelist():
            content = parts.read(name).decode()
            copy.writestr(name, re.sub(r"(</f>)<v>[^<]*</v>", r"\1", content))


@soffice
def test_libreoffice_agrees_with_every_figure(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    write(path, HALFWAY)
    ours, theirs = load_workbook(path, data_only=True), recalculated(path, tmp_path)
    assert theirs.sheetnames == NAMES
    assert theirs["کنترل"]["B2"].value == ALL_SAME
    assert theirs["خلاصه"]["A4"].value == f"کنترل: {ALL_SAME}"
    lines = control(theirs)
    assert len(lines) == len(control(ours)) > 60
    assert {line[3] for line in lines} == {SAME}
    for mine, other in zip(control(ours), lines, strict=True):
        assert mine[0] == other[0]
        assert mine[1:3] == pytest.approx(other[1:3])
    for name in NAMES[1:6]:
        for mine, other in zip(
            ours[name].iter_rows(values_only=True),
            theirs[name].iter_rows(values_only=True),
            strict=True,
        ):
            assert mine == pytest.approx(other)
    assert len(load_workbook(tmp_path / "out" / "bare.xlsx")["خلاصه"]._charts) == 3


@soffice
def test_libreoffice_sees_what_does_not_agree(tmp_path: Path) -> None:
    write(tmp_path / "a.xlsx", HALFWAY, direct_jobs=5000)
    theirs = recalculated(tmp_path / "a.xlsx", tmp_path)
    assert theirs["کنترل"]["B2"].value == SOME_DIFFER


@soffice
def test_libreoffice_opens_a_list(tmp_path: Path) -> None:
    names = ["=cmd|' /C calc'!A0", "+1", "#N/A", "_x0041_", "a\nb", " دو سر ", "0012", "<&>"]
    fields = (Field("name", "نام", kinds.TEXT, 30), Field("amount", "مبلغ", kinds.RIAL, 18))
    rows = [SimpleNamespace(name=name, amount=10**12 + n) for n, name in enumerate(names)]
    write_table(tmp_path / "a.xlsx", Table("فهرست", fields, rows, len(rows), ("فهرست",)))
    sheet = recalculated(tmp_path / "a.xlsx", tmp_path).worksheets[0]
    assert [row[0] for row in sheet.iter_rows(4, values_only=True)] == names
    assert [sheet["A2"].value, sheet["B2"].value] == [8, 8 * 10**12 + 28]
    assert sheet.sheet_view.rightToLeft
    assert sheet.auto_filter.ref == "A3:B11"
    assert sheet["B4"].number_format == "[$-3000429]#,##0"
