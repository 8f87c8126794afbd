"""The tab of a loan's instalments: its plans, its columns, and how it leaves the program."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import load_workbook
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from db.calendar import from_jalali
from db.commands import corrections, repayment
from db.rules.schedule import Instalment, instalments
from desktop.calculator.page import CalculatorPage
from desktop.loans.schedule_rows import plans_of
from desktop.loans.schedule_sheets import TITLE, lay_out, printed, write_workbook
from desktop.loans.schedule_tab import EMPTY, ScheduleTab
from desktop.paper.printing import write_pdf
from desktop.progress import unwatched
from tests.desktop.driving import button, click, present
from tests.desktop.records import TODAY, add_loan, add_tranche, add_unit, approved

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from desktop.loans.schedule_rows import ScheduleRow
    from tests.desktop.fake_frame import FakeFrame

pytestmark = pytest.mark.usefixtures("fixed_today")
LENT = 1_200_000_000
FIRST_DUE = from_jalali("1402/05/01")
RENEWED: dict[str, Any] = {
    "since": from_jalali("1402/08/15"), "method": "qarz_11_plus_1", "rate": 4, "months": 24,
    "first_due_on": from_jalali("1402/09/24"), "grace_months": 2, "grace_profit": "spread",
    "penalty_points": 2, "reason": "خشکسالی",
}  # fmt: skip


@pytest.fixture
def loan(frame: FakeFrame) -> int:
    unit = add_unit(frame.database, "نساجی کویر")
    number = add_loan(
        frame.database, unit, **approved(LENT), method="annuity", rate=18, months=12,
        first_due_on=FIRST_DUE, branch="مرکزی", contract_no="ق/12",
    )  # fmt: skip
    add_tranche(frame.database, number, "1402/04/02", LENT)
    return number


@pytest.fixture
def tab(qtbot: QtBot, frame: FakeFrame, loan: int) -> ScheduleTab:
    return present(qtbot, ScheduleTab(frame, loan))


def rows(tab: ScheduleTab) -> list[ScheduleRow]:
    return [tab.table.rows.row_at(n) for n in range(tab.table.rows.rowCount())]


def labels(tab: ScheduleTab) -> list[str]:
    return [field.label for field in tab.table.visible_fields()]


def reschedule(frame: FakeFrame, tab: ScheduleTab) -> None:
    with frame.database.write() as session:
        repayment.save_rescheduling(session, tab.loan_id, None, RENEWED)
    tab.refresh()
    QApplication.processEvents()


def test_before_anything_is_paid_out_it_says_what_is_missing(
    qtbot: QtBot, frame: FakeFrame
) -> None:
    number = add_loan(frame.database, add_unit(frame.database), **approved(LENT))
    tab = present(qtbot, ScheduleTab(frame, number))
    assert tab.empty.isVisible()
    assert tab.empty.text() == EMPTY
    assert not tab.shown.isVisible()


def test_it_stands_by_the_day_of_the_window(tab: ScheduleTab, frame: FakeFrame) -> None:
    made = instalments("annuity", LENT, 18, 12, FIRST_DUE)
    told = rows(tab)
    assert [(row.number, row.due_on, row.principal, row.profit, row.total) for row in told] == [
        (*row, row.total) for row in made
    ]
    assert [row.days_late for row in told[:5]] == [(TODAY - row.due_on).days for row in made[:5]]
    assert told[0].loan_class == "past_due"
    assert told[5].days_late is None
    assert tab.terms.text() == (
        "فرمول جدید (قسط مساوی)، نرخ ۱۸ درصد، ۱۲ ماهه، افزودهٔ دیرکرد ۶ درصد"
    )
    frame.day = from_jalali("1402/05/11")
    tab.refresh()
    assert [row.days_late for row in rows(tab)] == [10, *[None] * 11]


def test_what_was_before_a_rescheduling_is_kept(tab: ScheduleTab, frame: FakeFrame) -> None:
    before = rows(tab)
    assert labels(tab)[-1] == "سود یا کارمزد"  # nothing was passed on, nothing is by the paper
    reschedule(frame, tab)
    new = rows(tab)
    assert len(new) == 24
    assert new[0].off_day == "جمعه"
    assert tab.terms.text() == (
        "از ۱۴۰۲/۰۸/۱۵؛ قرض‌الحسنه ۱۱+۱، نرخ ۴ درصد، ۲۴ ماهه، ۲ ماه تنفس "
        "(سود آن: پخش بر قسط‌ها)، افزودهٔ دیرکرد ۲ درصد"
    )
    click(tab, "قرارداد")
    old = rows(tab)
    assert [row[:2] for row in old] == [row[:2] for row in before]
    assert "امهال‌شده" in labels(tab)
    assert "سود بخشیده" in labels(tab)
    assert all(row.left == 0 for row in old)
    for row in old:
        assert row.total == (row.paid or 0) + (row.passed_on or 0) + (row.fell_away or 0)
    assert sum(row.principal for row in new) == LENT
    assert tab.terms.text().startswith("فرمول جدید")
    click(tab, "امهال ۱")
    assert rows(tab) == new
    frame.day = from_jalali("1402/08/14")
    tab.refresh()
    assert [row.total for row in rows(tab)] == [row.total for row in before]
    assert tab.chips.count() == 0


def test_in_a_low_window_the_rows_have_the_room_of_the_terms(
    tab: ScheduleTab, frame: FakeFrame
) -> None:
    reschedule(frame, tab)
    assert tab.terms.isVisible()
    tab.resize(820, 225)
    QApplication.processEvents()
    assert not tab.terms.isVisible()
    assert {button(tab, name).toolTip() for name in ("قرارداد", "امهال ۱")} >= {tab.terms.text()}
    tab.resize(820, 500)
    QApplication.processEvents()
    assert tab.terms.isVisible()


def test_an_instalment_by_the_paper_of_the_bank_is_marked(
    tab: ScheduleTab, frame: FakeFrame, loan: int
) -> None:
    made = instalments("annuity", LENT, 18, 12, FIRST_DUE)
    paper = [made[0]._replace(profit=made[0].profit + 7), *made[1:]]
    with frame.database.write() as session:
        corrections.save_corrections(session, loan, None, [Instalment(*row) for row in paper])
    tab.refresh()
    assert [row.number for row in rows(tab) if row.by_paper] == [1]
    assert "برگهٔ بانک" in labels(tab)


def test_the_terms_are_taken_to_the_calculator(
    tab: ScheduleTab, frame: FakeFrame, qtbot: QtBot
) -> None:
    tab.calculate.click()
    ((page, values),) = frame.wanted
    assert page == "calculator"
    calculator = present(qtbot, CalculatorPage(frame))
    calculator.new_with(values)
    table = calculator.results.schedule.rows
    told = [table.row_at(n).total for n in range(table.rowCount())]
    assert told == [row.total for row in rows(tab)]


def test_it_is_copied(tab: ScheduleTab, frame: FakeFrame) -> None:
    tab.copy.click()
    lines = QGuiApplication.clipboard().text().split("\n")
    assert len(lines) == 13
    assert lines[0].split("\t") == labels(tab)
    assert lines[1].split("\t")[:2] == ["1", "1402/05/01"]
    assert "رونوشت شد" in frame.toasts[-1][0]


def test_the_workbook_has_the_columns_of_the_screen(tab: ScheduleTab, tmp_path: Path) -> None:
    path = tmp_path / "قسط‌ها.xlsx"
    write_workbook(path, tab._sheet(), unwatched)
    sheet = load_workbook(path)[TITLE]
    told = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert told[0][0] == TITLE
    assert told[1][0] == "تا پایان ۱۵ آذر ۱۴۰۲"
    assert told[2][0].startswith("نساجی کویر؛ ")
    assert told[2][0].endswith("، شعبهٔ مرکزی، قرارداد ق/12")
    first = told.index(labels(tab)) + 1
    assert len(told) == first + 12
    assert told[first][:2] == [1, "1402/05/01"]
    assert told[first][3] == rows(tab)[0].total


def test_the_paper_is_a_wide_page(
    tab: ScheduleTab, frame: FakeFrame, loan: int, tmp_path: Path
) -> None:
    work = tab._to_print()
    made = work(unwatched)
    assert made.file_name == "جدول قسط‌ها نساجی کویر"
    sheet = made.lay_out()
    assert sheet.is_landscape
    assert sheet.around.as_of == TODAY
    assert write_pdf(made.lay_out, tmp_path / "a.pdf") == sheet.page_count == 1
    with frame.database.read() as session:
        (plan,) = plans_of(session, loan, TODAY)
    assert plan.words == tab.terms.text()
    of = tab._sheet()
    assert lay_out(of).title == sheet.title == printed(of).file_name
