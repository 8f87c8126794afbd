"""The portfolio in workbooks: its sheets and charts, and the live control over the loans' rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import text

from db import calendar, sample
from db.calendar import from_jalali
from db.database import Database, existing
from db.models import ReportRun
from db.queries.jobs import jobs
from db.queries.portfolio import portfolio
from desktop import reports
from desktop.excel.control import ALL_SAME, DIFFERENT, SAME, SOME_DIFFER
from tests.db.loan_work import add_loan_work
from tests.db.repayments import add_lent
from tests.desktop.test_excel_report import control, recalculated, soffice, summary

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from openpyxl.workbook import Workbook

DAY = from_jalali("1403/02/01")
SHEETS = ["تسهیلات به بانک", "تسهیلات به روش", "تسهیلات به مرحله", "تسهیلات به طبقه", "سن معوقات",
          "تسهیلات به ماه", "دریافت‌های پیش رو", "اشتغال تسهیلات"]  # fmt: skip


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """A small programme; two banks have one name, and a loan no instalments."""
    path = tmp_path_factory.mktemp("portfolio") / "s.ehya"
    sample.make(path, 60, seed=5)
    opened = existing(path)
    with opened.write() as session:
        add_loan_work(session)
        add_lent(session, first_due_on=None)
    with opened.engine.begin() as connection:
        connection.execute(text("UPDATE bank SET name = '>بانک *ملی' WHERE id IN (1, 2)"))
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def written(made: Database, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("report") / "a.xlsx"
    reports.make(made, "portfolio", path, DAY)
    return path


def rows(book: Workbook, name: str) -> dict[str, tuple[Any, ...]]:
    """The rows below the header of a sheet, by their name."""
    sheet = book[name]
    first = int(sheet.freeze_panes.removeprefix("A"))
    return {str(row[0]): row for row in sheet.iter_rows(first, values_only=True)}


def test_its_sheets_and_charts(written: Path) -> None:
    book = load_workbook(written)
    assert book.sheetnames == ["خلاصه", *SHEETS, "تسهیلات", "کنترل"]
    assert all(len(book[name]._charts) == 1 for name in SHEETS)
    assert len(book["خلاصه"]._charts) == 2
    (months,) = book["تسهیلات به ماه"]._charts
    assert [series.tx.strRef.f.split("!")[1] for series in months.series] == ["D4", "E4"]


def test_every_figure_is_told(made: Database, written: Path) -> None:
    with made.read() as session:
        found, work = portfolio(session, DAY), jobs(session, DAY)
    book = load_workbook(written, data_only=True)
    told = summary(book)
    assert told["ماندهٔ اصل و سود"] == (found.sums.outstanding, "ریال")
    assert told["نرخ وصول"] == (found.sums.rate, "درصد")
    assert told["اشتغال پدیدآمده"] == (work.sums.made, "نفر")
    assert told["پرداخت‌شدهٔ بی‌قسط"] == (found.unscheduled.loans, "فقره")
    classes = rows(book, "تسهیلات به طبقه")
    for share in found.classes:
        name = {"current": "جاری", "past_due": "سررسید گذشته", "overdue": "معوق",
                "doubtful": "مشکوک‌الوصول", "": "بی‌قسط"}[share.key]  # fmt: skip
        row = classes[name]
        assert row[1:6] == (
            share.sums.loans, share.sums.approved, share.sums.paid_out, share.sums.due,
            share.sums.collected,
        )  # fmt: skip
    ahead = rows(book, "دریافت‌های پیش رو")
    assert ahead["معوقه"][2] == found.sums.overdue
    assert ahead["پس از آن"][2] == found.later
    assert sum(row[2] for row in ahead.values()) == found.sums.outstanding


def test_the_control_holds_every_table_to_the_loans(written: Path) -> None:
    ours = load_workbook(written, data_only=True)
    lines = control(ours)
    assert len(lines) > 150
    assert {line[3] for line in lines} == {SAME}
    assert ours["کنترل"]["B2"].value == ALL_SAME
    formulas = control(load_workbook(written))
    assert all(str(cell).startswith("=") for line in formulas for cell in line[1:])
    names = [line[0] for line in lines]
    for sheet in SHEETS:
        assert any(name.startswith(sheet) for name in names)
    assert names.count("تسهیلات به بانک، >بانک *ملی: مانده") == 1


@soffice
def test_libreoffice_agrees(written: Path, tmp_path: Path) -> None:
    ours, theirs = load_workbook(written, data_only=True), recalculated(written, tmp_path)
    assert theirs["کنترل"]["B2"].value == ALL_SAME
    for mine, other in zip(control(ours), control(theirs), strict=True):
        assert mine[0] == other[0]
        assert mine[1:3] == pytest.approx(other[1:3])
        assert other[3] == SAME
    assert theirs["خلاصه"]["A4"].value == f"کنترل: {ALL_SAME}"


@soffice
def test_libreoffice_sees_a_sum_that_does_not_agree(
    made: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def spoilt(session: Any, day: Any) -> Any:
        found = portfolio(session, day)
        first, *others = found.banks
        more = first._replace(sums=first.sums._replace(overdue=first.sums.overdue + 1))
        return found.__class__(**{**found.__dict__, "banks": (more, *others)})

    monkeypatch.setattr(reports, "portfolio", spoilt)
    path = tmp_path / "a.xlsx"
    reports.make(made, "portfolio", path, DAY)
    theirs = recalculated(path, tmp_path)
    assert theirs["کنترل"]["B2"].value == SOME_DIFFER
    wrong = [line[0] for line in control(theirs) if line[3] == DIFFERENT]
    assert {name.split(":")[1].strip() for name in wrong} == {"جمع معوقه", "معوقه"}


@soffice
def test_the_progress_report_has_it_too(made: Database, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    reports.make(made, "progress", path, DAY)
    theirs = recalculated(path, tmp_path)
    assert [name for name in theirs.sheetnames if name in SHEETS] == SHEETS
    lines = control(theirs)
    assert {line[3] for line in lines} == {SAME}
    assert any(line[0].startswith("اشتغال تسهیلات") for line in lines)


def test_a_record_of_it_is_kept(made: Database, tmp_path: Path) -> None:
    reports.make(made, "portfolio", tmp_path / "b.xlsx", DAY)
    with made.read() as session:
        run = session.query(ReportRun).order_by(ReportRun.id.desc()).first()
        assert run is not None
        assert (run.report, run.as_of) == ("portfolio", DAY)
        assert run.figures["outstanding"] == portfolio(session, DAY).sums.outstanding


@pytest.mark.parametrize("has_loan", [False, True])
def test_next_to_nothing(database: Database, tmp_path: Path, has_loan: bool) -> None:
    if has_loan:
        with database.write() as session:
            add_lent(session, first_due_on=None)
    path = tmp_path / "a.xlsx"
    reports.make(database, "portfolio", path)
    book = load_workbook(path, data_only=True)
    assert book["کنترل"]["B2"].value == ALL_SAME
    assert summary(book)["نرخ وصول"][0] == "هنوز قسطی سررسید نشده است."
    assert book["خلاصه"]["A3"].value.startswith("از " if has_loan else "تا این روز")
    assert calendar.long_jalali(calendar.today()) in book["خلاصه"]["A2"].value
