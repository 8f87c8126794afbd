"""The calculator: the schedule as one types, each slip beside its field, and its ways out."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from db import calendar
from db.calendar import from_jalali
from db.commands import lookups
from db.models import Holiday
from db.rules.common import MOST_RIAL
from db.rules.schedule import GRACE_PROFITS, METHODS, instalments
from desktop.calculator import page as module
from desktop.calculator.page import NOTHING, WRONG, CalculatorPage
from desktop.calculator.reckoning import reckon
from desktop.calculator.sheets import COMPARED, TITLE, lay_out, printed, write_workbook
from desktop.messages import SENTENCES
from desktop.paper.printing import write_pdf
from desktop.progress import unwatched
from desktop.widgets.editors.numbers import RialEditor
from tests.desktop.driving import button, click, enter, fill, key, present
from tests.desktop.records import TODAY
from tests.desktop.typing import focus_of, type_in, type_text

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from desktop.calculator.reckoning import Reckoned
    from desktop.pages.schedule import Planned
    from tests.desktop.fake_frame import FakeFrame

pytestmark = pytest.mark.usefixtures("fixed_today")
MILLIARD = 1_000_000_000
TERMS: dict[str, Any] = {
    "method": "annuity", "principal": MILLIARD, "rate": Decimal(18), "months": 36,
    "first_due": from_jalali("1402/07/30"), "grace_months": 0, "grace_profit": "separate",
}  # fmt: skip


@pytest.fixture
def page(qtbot: QtBot, frame: FakeFrame) -> CalculatorPage:
    made = frame.page = present(qtbot, CalculatorPage(frame))
    made.start()
    QApplication.processEvents()
    return made


def rows(page: CalculatorPage) -> list[Planned]:
    table = page.results.schedule
    return [table.rows.row_at(n) for n in range(table.rows.rowCount())]


def shown(page: CalculatorPage) -> bool:
    return page.results.schedule.isVisible()


def figure(page: CalculatorPage, name: str) -> str:
    return page.results.figures.values[name].text()


def reckoned(page: CalculatorPage, qtbot: QtBot) -> None:
    """When the keys have been still for a moment."""
    qtbot.waitUntil(lambda: not page._timer.isActive())


def typed(page: CalculatorPage, qtbot: QtBot, **values: str) -> None:
    for name, letters in values.items():
        type_in(page.form, name, letters)
    reckoned(page, qtbot)


# --- as one types ---------------------------------------------------------------------------------


def test_it_begins_as_a_new_loan_does(page: CalculatorPage) -> None:
    assert page.form.value_of("first_due") == calendar.add_months(TODAY, 1)
    assert page.form.value_of("method") == "qarz_11_plus_1"
    assert (page.form.value_of("rate"), page.form.value_of("months")) == (4, 60)
    assert QApplication.focusWidget() is focus_of(page.form, "principal")
    assert not shown(page)
    assert page.nothing.label.text() == NOTHING
    assert not button(page, "اکسل").isEnabled()
    assert page.form.complaint("principal") == ""  # nobody has written there yet


def test_by_an_earlier_day_the_first_instalment_is_a_month_from_it(
    qtbot: QtBot, frame: FakeFrame
) -> None:
    frame.day = from_jalali("1402/01/31")
    made = present(qtbot, CalculatorPage(frame))
    made.start()
    assert made.form.value_of("first_due") == from_jalali("1402/02/31")


def test_the_schedule_appears_as_the_amount_is_typed(page: CalculatorPage, qtbot: QtBot) -> None:
    """The table of `domain.md` 6.3, by the keys alone."""
    widget = QApplication.focusWidget()
    assert widget is not None
    type_text(widget, "۱۵۰۰۰۰۰۰۰۰")
    qtbot.waitUntil(lambda: shown(page))
    amount = page.form.editor("principal")
    assert isinstance(amount, RialEditor)
    assert amount.words.text == "یکصد و پنجاه میلیون تومان"
    found = rows(page)
    assert len(found) == 60
    assert [row.total for row in found[:3]] == [60_000_000, 27_272_727, 27_272_727]
    assert found[-1].total == 27_272_742
    assert sum(row.principal for row in found) == 1_500_000_000
    assert figure(page, "principal") == "۱٬۵۰۰٬۰۰۰٬۰۰۰"
    assert figure(page, "profit") == "۱۸۰٬۰۰۰٬۰۰۰"
    assert figure(page, "total") == "۱٬۶۸۰٬۰۰۰٬۰۰۰"


def test_a_number_that_is_changed_changes_it(page: CalculatorPage, qtbot: QtBot) -> None:
    typed(page, qtbot, principal="1000000000", months="36", rate="18")
    page.form.editor("method").set_value("annuity")
    page.reckon()
    assert (rows(page)[0].principal, rows(page)[0].profit) == (21_152_396, 15_000_000)
    typed(page, qtbot, months="12")
    assert len(rows(page)) == 12
    typed(page, qtbot, first_due="1402/06/31")
    assert [row.due_on for row in rows(page)[:2]] == [
        from_jalali("1402/06/31"), from_jalali("1402/07/30")
    ]  # fmt: skip


def test_many_keys_are_reckoned_once(
    page: CalculatorPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[Any] = []

    def counted(terms: Any, holidays: Any) -> Reckoned:
        calls.append(terms)
        return reckon(terms, holidays)

    monkeypatch.setattr(module, "reckon", counted)
    typed(page, qtbot, principal="1234567890")
    qtbot.waitUntil(lambda: shown(page))
    assert [terms["principal"] for terms in calls] == [1_234_567_890]


def test_enter_leads_through_the_form_to_the_schedule(page: CalculatorPage, qtbot: QtBot) -> None:
    fill(page.form, {"principal": "1000000000"})
    enter(focus_of(page.form, "method"))
    fill(page.form, {"rate": "18", "months": "24", "first_due": "1402/10/01", "grace_months": "6"})
    reckoned(page, qtbot)
    assert QApplication.focusWidget() is focus_of(page.form, "grace_profit")
    enter(focus_of(page.form, "grace_profit"))
    assert QApplication.focusWidget() is page.results.schedule
    assert rows(page)[0] == (0, from_jalali("1402/09/01"), 0, 90_000_000, 90_000_000, "")


def test_how_the_grace_is_paid_is_asked_where_there_is_one(
    page: CalculatorPage, qtbot: QtBot
) -> None:
    asked = page.form.editor("grace_profit")
    typed(page, qtbot, principal="1500000000")
    assert not asked.isVisible()
    typed(page, qtbot, grace_months="6")
    assert asked.isVisible()
    page.form.editor("grace_profit").set_value("capitalised")
    page.reckon()
    grace = 1_500_000_000 * 4 * 6 // 1200
    assert sum(row.principal for row in rows(page)) == 1_500_000_000 + grace
    assert figure(page, "principal") == "۱٬۵۰۰٬۰۰۰٬۰۰۰"  # the loan itself
    typed(page, qtbot, grace_months="")
    assert not asked.isVisible()
    assert len(rows(page)) == 60


def test_a_method_is_chosen_among_the_three(page: CalculatorPage, qtbot: QtBot) -> None:
    """The comparison of `domain.md` 6.3."""
    typed(page, qtbot, principal="1500000000")
    table = page.results.comparison
    told = {row.method: row.profit for row in (table.rows.row_at(n) for n in range(3))}
    assert told == {
        "flat_2400": 152_500_000, "annuity": 157_486_988, "qarz_11_plus_1": 180_000_000,
    }  # fmt: skip
    assert table.current().method == "qarz_11_plus_1"
    spot = table.visualRect(table.rows.index(2, 0)).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    qtbot.waitUntil(lambda: figure(page, "profit") == "۱۵۲٬۵۰۰٬۰۰۰")
    assert page.form.value_of("method") == "flat_2400"
    assert table.current().method == "flat_2400"
    table.setFocus()
    key(table, Qt.Key.Key_Up)
    qtbot.waitUntil(lambda: page.form.value_of("method") == "annuity")
    assert figure(page, "profit") == "۱۵۷٬۴۸۶٬۹۸۸"
    assert table.hasFocus()


def test_the_whole_sum_of_a_method_stands_where_there_is_room(
    page: CalculatorPage, qtbot: QtBot
) -> None:
    typed(page, qtbot, principal="1500000000")
    table = page.results.comparison
    labels = [field.label for field in table.visible_fields()]
    assert labels[-1] == "جمع بازپرداخت"
    page.resize(830, 400)
    QApplication.processEvents()
    assert [field.label for field in table.visible_fields()] == labels[:-1]
    assert not table.horizontalScrollBar().isVisible()
    assert not table.verticalScrollBar().isVisible()


# --- slips ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "letters", "code", "detail"),
    [
        ("principal", "", "required", ()),
        ("principal", "0", "too_small", ("۱",)),
        ("principal", "-5", "too_small", ("۱",)),
        ("principal", "یک میلیارد", "unreadable_number", ()),
        ("rate", "", "required", ()),
        ("rate", "0", "not_above_zero", ()),
        ("rate", "-1", "not_above_zero", ()),
        ("rate", "100.5", "too_large", ("۱۰۰",)),
        ("months", "", "required", ()),
        ("months", "0", "too_small", ("۱",)),
        ("months", "241", "too_large", ("۲۴۰",)),
        ("months", "1.5", "unreadable_number", ()),
        ("grace_months", "61", "too_large", ("۶۰",)),
        ("grace_months", "60", "grace_too_long", ()),
        ("grace_months", "-1", "too_small", ("۰",)),
        ("first_due", "", "required", ()),
        ("first_due", "1402/12/30", "unreadable_day", ()),
        ("first_due", "1498/01/01", "due_beyond_calendar", ()),
    ],
)
def test_each_slip_is_told_beside_its_field_while_it_is_typed(
    page: CalculatorPage, qtbot: QtBot, name: str, letters: str, code: str, detail: tuple[str, ...]
) -> None:
    typed(page, qtbot, principal="1000000000")
    assert shown(page)
    typed(page, qtbot, **{name: letters})
    assert page.form.complaint(name) == SENTENCES[code].format(*detail)
    assert not shown(page)
    assert page.nothing.label.text() == WRONG
    assert not button(page, "رونوشت").isEnabled()
    good = {"principal": "1000000000", "rate": "4", "months": "60", "grace_months": "0",
            "first_due": "1402/10/15"}  # fmt: skip
    typed(page, qtbot, **{name: good[name]})
    assert page.form.complaint(name) == ""
    assert shown(page)


def test_a_grace_is_wrong_from_the_other_side_too(page: CalculatorPage, qtbot: QtBot) -> None:
    typed(page, qtbot, principal="1000000000", grace_months="12")
    assert shown(page)
    typed(page, qtbot, months="12")
    assert page.form.complaint("grace_months") == SENTENCES["grace_too_long"]
    assert not shown(page)


def test_a_warning_keeps_nothing_back(page: CalculatorPage, qtbot: QtBot) -> None:
    typed(page, qtbot, principal="1000000000", months="61")
    assert page.form.complaint("months") == SENTENCES["last_fee_is_zero"].format("۶۱")
    assert shown(page)
    assert rows(page)[-1].total == 0


# --- days on which banks are closed ---------------------------------------------------------------


def test_fridays_and_holidays_are_marked(
    page: CalculatorPage, frame: FakeFrame, qtbot: QtBot
) -> None:
    typed(page, qtbot, principal="1000000000", first_due="1402/09/24")
    marks = {row.number: row.off_day for row in rows(page)}
    assert marks[1] == "جمعه"
    assert marks[2] == ""  # 1402/10/24, a Sunday
    with frame.database.write() as session:
        values = {"day": from_jalali("1402/10/24"), "name": "تعطیل به سبب سرما"}
        lookups.save(session, Holiday, None, values)
    marks = {row.number: row.off_day for row in rows(page)}  # the page has heard of it
    assert marks[2] == "تعطیل به سبب سرما"


# --- from elsewhere -------------------------------------------------------------------------------


def test_the_terms_of_a_loan_are_taken(page: CalculatorPage) -> None:
    page.new_with(TERMS)
    assert [tuple(row[:5]) for row in rows(page)] == [
        (*row, row.total) for row in instalments("annuity", MILLIARD, 18, 36, TERMS["first_due"])
    ]
    with_mistake = {**TERMS, "rate": Decimal(0)}
    page.new_with(with_mistake)
    assert page.form.complaint("rate") == SENTENCES["not_above_zero"]
    assert page.can_leave()
    assert page.in_form()  # Ctrl+Z is that of the text


# --- on its way out -------------------------------------------------------------------------------


def test_the_schedule_is_copied_for_a_sheet_program(page: CalculatorPage, frame: FakeFrame) -> None:
    page.new_with(TERMS)
    click(page, "رونوشت")
    lines = QGuiApplication.clipboard().text().split("\n")
    assert lines[0].split("\t")[:5] == ["قسط", "سررسید", "اصل", "سود یا کارمزد", "مبلغ قسط"]
    assert len(lines) == 37
    assert lines[1].split("\t")[:5] == ["1", "1402/07/30", "21152396", "15000000", "36152396"]
    assert frame.toasts[-1][0].startswith("جدول قسط‌ها رونوشت شد")


def test_the_workbook_has_the_schedule_and_the_comparison(tmp_path: Path) -> None:
    path = tmp_path / "جدول.xlsx"
    of = reckon(TERMS, lambda first, last: {})
    write_workbook(path, of, unwatched)
    book = load_workbook(path)
    assert book.sheetnames == [TITLE, COMPARED]
    sheet = book[TITLE]
    assert sheet.sheet_view.rightToLeft
    told = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert told[1][0] == "مبلغ ۱٬۰۰۰٬۰۰۰٬۰۰۰ ریال؛ فرمول جدید (قسط مساوی)، نرخ ۱۸ درصد، ۳۶ ماهه"
    first = told.index(["قسط", "سررسید", "اصل", "سود یا کارمزد", "مبلغ قسط", "تعطیل"]) + 1
    assert told[first][:5] == [1, "1402/07/30", 21_152_396, 15_000_000, 36_152_396]
    assert len(told) == first + 36
    assert all("SUBTOTAL" in str(told[first - 2][column]) for column in (2, 3, 4))
    assert "109" not in str(told[first - 2][0])  # the numbers of instalments are no sum
    costs = load_workbook(path, data_only=True)[COMPARED]
    assert [row[3].value for row in costs.iter_rows()][-3:] == [c.profit for c in of.costs]


def test_the_workbook_is_asked_for_by_its_button(
    page: CalculatorPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Reckoned] = []
    monkeypatch.setattr(
        "desktop.calculator.sheets.save_workbook", lambda _parent, _frame, of: asked.append(of)
    )
    page.new_with(TERMS)
    click(page, "اکسل")
    assert [of.terms["principal"] for of in asked] == [MILLIARD]


def test_the_paper_has_all_rows_their_sums_and_the_office(
    page: CalculatorPage, frame: FakeFrame, tmp_path: Path
) -> None:
    page.new_with({**TERMS, "months": 120})
    work = page.results._to_print()
    assert work is not None
    made = work(unwatched)
    path = tmp_path / "جدول.pdf"
    assert write_pdf(made.lay_out, path) == made.lay_out().page_count
    assert made.lay_out().page_count >= 4
    assert path.read_bytes().startswith(b"%PDF-")
    of = page.results._of
    assert of is not None
    sheet = lay_out(of, "سازمان", "برنامه")
    assert sheet.around.as_of is None  # it says nothing of a day
    assert printed(frame.database, of).file_name == TITLE
    page.new_with({})
    page.reckon()
    assert page.results._to_print() is None


# --- what it adds up to ---------------------------------------------------------------------------


@given(
    st.sampled_from(METHODS), st.integers(1, MOST_RIAL), st.integers(1, 10_000),
    st.integers(1, 240), st.integers(0, 60), st.sampled_from(GRACE_PROFITS),
)  # fmt: skip
def test_what_is_shown_adds_up(
    method: str, principal: int, rate: int, months: int, grace: int, paid: str
) -> None:
    terms = {
        **TERMS, "method": method, "principal": principal, "rate": Decimal(rate) / 100,
        "months": months, "grace_months": min(grace, months - 1), "grace_profit": paid,
    }  # fmt: skip
    of = reckon(terms, lambda first, last: {})
    (chosen,) = [cost for cost in of.costs if cost.method == method]
    assert sum(row.total for row in of.rows) == chosen.total == principal + chosen.profit
    assert max(row.total for row in of.rows) == chosen.largest
    assert all(row.total == row.principal + row.profit for row in of.rows)
    assert [cost.method for cost in of.costs] == list(METHODS)
