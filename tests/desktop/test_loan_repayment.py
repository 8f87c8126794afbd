"""The page of a loan that is paid back: how it stands, what each entry does, each slip refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtWidgets import QApplication

from db.calendar import from_jalali
from db.commands import repayment as commands
from db.queries import loans, repayment
from db.rules import schedule
from db.text import grouped
from desktop import theme
from desktop.loans.correction_dialog import DUE as DUE_COLUMN
from desktop.loans.correction_dialog import PRINCIPAL, PROFIT, TOTAL, CorrectionDialog
from desktop.loans.page import LoansPage
from desktop.loans.payments import PaymentsEditor
from desktop.loans.record import CALLS, INSTALMENTS, PAYMENTS, PAYOUTS, RENEWALS, LoanPage
from desktop.loans.schedule_tab import ScheduleTab
from desktop.pages import links
from desktop.pages.part_editor import PartDialog
from tests.desktop.driving import Answers, click, fill, present, pressing, show_tab
from tests.desktop.records import TODAY, add_loan, add_tranche, add_unit, add_visit, approved
from tests.desktop.test_dialogs import reasoning
from tests.desktop.typing import type_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pytestqt.qtbot import QtBot

    from db.rules.schedule import Instalment
    from desktop.widgets.inner_table import InnerTable
    from tests.desktop.fake_frame import FakeFrame

pytestmark = pytest.mark.usefixtures("fixed_today")
LENT = 1_200_000_000
FIRST_DUE = from_jalali("1402/05/01")
TERMS: dict[str, Any] = {"method": "annuity", "rate": 18, "months": 12}
ROWS: list[Instalment] = schedule.instalments("annuity", LENT, 18, 12, FIRST_DUE)
DUE = [row for row in ROWS if row.due_on < TODAY]  # five of them


@pytest.fixture
def loan(frame: FakeFrame) -> int:
    unit = add_unit(frame.database, "نساجی کویر")
    number = add_loan(frame.database, unit, **approved(LENT), **TERMS, first_due_on=FIRST_DUE)
    add_tranche(frame.database, number, "1402/04/02", LENT)
    return number


@pytest.fixture
def page(qtbot: QtBot, frame: FakeFrame, loan: int) -> LoanPage:
    made = frame.page = present(qtbot, LoansPage(frame))
    made.start()
    made.open(loan)
    QApplication.processEvents()
    assert isinstance(made.record, LoanPage)
    return made.record


def pay(frame: FakeFrame, loan: int, day: str, amount: int, **more: Any) -> int:
    values = {"day": from_jalali(day), "amount": amount, **more}
    with frame.database.write() as session:
        return commands.save_payment(session, loan, None, values).id


def begin(page: LoanPage, tab: str, words: str) -> PartDialog:
    click(show_tab(page, tab), words)
    found = QApplication.activeModalWidget()
    assert isinstance(found, PartDialog)
    return found


def told(page: LoanPage, key: str) -> str:
    cell = page.strip.values[key]
    return cell.text() if cell.isVisible() else ""


def rial(amount: int) -> str:
    return f"{grouped(amount)} ریال"


def schedule_tab(page: LoanPage) -> ScheduleTab:
    tab = show_tab(page, INSTALMENTS)
    assert isinstance(tab, ScheduleTab)
    QApplication.processEvents()
    return tab


def schedule_rows(page: LoanPage) -> list[Any]:
    tab = schedule_tab(page)
    return [tab.table.rows.row_at(n) for n in range(tab.table.rows.rowCount())]


def owed(rows: Sequence[Instalment]) -> int:
    return sum(row.total for row in rows)


def test_nothing_is_paid(page: LoanPage) -> None:
    assert told(page, "paid_out") == rial(LENT)
    assert told(page, "balance") == rial(owed(ROWS))
    assert told(page, "overdue") == rial(owed(DUE))
    assert told(page, "late") == f"{grouped((TODAY - FIRST_DUE).days)} روز"
    assert told(page, "class") == "سررسید گذشته"
    shown = schedule_rows(page)
    assert [(row.number, row.due_on, row.total) for row in shown] == [
        (row.number, row.due_on, row.total) for row in ROWS
    ]
    assert [row.loan_class for row in shown][:6] == ["past_due", "past_due", "past_due",
                                                     "current", "current", None]  # fmt: skip


def test_a_payment_is_entered_by_keyboard(page: LoanPage, frame: FakeFrame, loan: int) -> None:
    dialog = begin(page, PAYMENTS, "پرداخت تازه")
    fill(dialog, {"day": "1402/09/10", "amount": str(ROWS[0].total + 1000), "receipt_no": "۷۷"})
    type_in(dialog, "note", "با چک")
    dialog._tell()
    profit = ROWS[0].profit + 1000
    assert f"{rial(ROWS[0].principal)} اصل" in dialog.preview.words
    assert f"{rial(profit)} سود" in dialog.preview.words
    click(dialog, "ذخیره")
    assert told(page, "balance") == rial(owed(ROWS) - ROWS[0].total - 1000)
    rows = page.editor_of("payment").table.rows
    row = rows.row_at(0)
    assert (row.receipt_no, row.principal, row.profit) == ("77", ROWS[0].principal, profit)
    assert (row.penalty, row.credit, row.note) == (None, None, "با چک")
    assert [field.label for field in page.editor_of("payment").table.visible_fields()] == [
        "روز پرداخت", "مبلغ", "شمارهٔ رسید", "از سود", "از اصل", "توضیح",
    ]  # fmt: skip
    first, second, *_ = schedule_rows(page)
    assert (first.left, second.paid) == (0, 1000)


def parts(table: InnerTable) -> list[tuple[Any, ...]]:
    return [tuple(table.rows.row_at(n)) for n in range(table.rows.rowCount())]


def test_what_a_payment_settles_is_shown_before_and_after(page: LoanPage, frame: FakeFrame) -> None:
    """Three instalments whole, a part of the fourth, whose profit goes first."""
    amount = owed(ROWS[:3]) + ROWS[3].profit + 5
    dialog = begin(page, PAYMENTS, "پرداخت تازه")
    fill(dialog, {"day": "1402/09/10", "amount": str(amount)})
    dialog._tell()
    table = dialog.preview.table
    assert table is not None
    assert table.isVisible()
    expected = [
        *((row.number, row.due_on, row.principal, row.profit, None, "") for row in ROWS[:3]),
        (4, ROWS[3].due_on, 5, ROWS[3].profit, None, ""),
    ]
    assert parts(table) == expected
    assert [field.label for field in table.visible_fields()] == [
        "قسط", "سررسید", "از سود", "از اصل"
    ]  # fmt: skip
    click(dialog, "ذخیره")
    editor = page.editor_of("payment")
    assert isinstance(editor, PaymentsEditor)
    assert not editor.parts.isVisible()
    editor.table.go_to(0)
    assert editor.parts.isVisible()
    assert editor.settled_by.text() == "پرداخت ۱۴۰۲/۰۹/۱۰ این قسط‌ها را تسویه کرده است:"
    assert parts(editor.parts) == expected
    page.refresh()
    assert not editor.parts.isVisible()  # no row is chosen any more


def test_of_a_rescheduled_loan_the_plan_of_each_instalment_is_told(
    page: LoanPage, frame: FakeFrame, loan: int
) -> None:
    terms = {**TERMS, "since": from_jalali("1402/08/15"), "reason": "خشکسالی",
             "first_due_on": from_jalali("1402/09/01")}  # fmt: skip
    with frame.database.write() as session:
        commands.save_rescheduling(session, loan, None, terms)
    pay(frame, loan, "1402/09/10", 50_000_000)
    page.refresh()
    show_tab(page, PAYMENTS)
    editor = page.editor_of("payment")
    assert isinstance(editor, PaymentsEditor)
    editor.table.go_to(0)
    assert {row[-1] for row in parts(editor.parts)} == {"امهال ۱"}


def test_one_click_ends_the_loan(page: LoanPage, frame: FakeFrame, loan: int) -> None:
    with frame.database.read() as session:
        ends = repayment.settlement(session, loan, TODAY)
    assert ends is not None
    assert ends.falls_away > 0
    dialog = begin(page, PAYMENTS, "پرداخت تازه")
    dialog._tell()
    assert rial(ends.total) in dialog.preview.words
    assert f"{rial(ends.falls_away)} سود آینده" in dialog.preview.words
    click(dialog, "پر کردن")
    assert dialog.form.value_of("amount") == ends.total
    click(dialog, "ذخیره")
    assert told(page, "balance") == rial(0)
    assert (told(page, "overdue"), told(page, "class")) == ("", "جاری")


def test_more_than_is_owed_is_refused_or_kept(page: LoanPage, frame: FakeFrame, loan: int) -> None:
    dialog = begin(page, PAYMENTS, "پرداخت تازه")
    fill(dialog, {"day": "1402/09/15", "amount": str(2 * owed(ROWS))})
    click(dialog, "ذخیره")
    assert dialog.form.complaint("amount")
    dialog.form.load({**dialog.form.readable(), "keeps_credit": True}, changed=True)
    click(dialog, "ذخیره")
    with frame.database.read() as session:
        state = repayment.state(session, loan, TODAY)
    assert state is not None
    assert told(page, "credit") == rial(state.credit) != ""
    assert state.balance == 0


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"day": "1402/04/01", "amount": "1000"}, "day"),  # before the payout
        ({"day": "1402/09/16", "amount": "1000"}, "day"),  # not yet
        ({"day": "1402/09/10", "amount": "0"}, "amount"),
        ({"day": "1402/09/10", "amount": "-5"}, "amount"),
    ],
)
def test_each_slip_is_told_beside_its_field(
    page: LoanPage, typed: dict[str, str], field: str
) -> None:
    dialog = begin(page, PAYMENTS, "پرداخت تازه")
    fill(dialog, typed)
    click(dialog, "ذخیره")
    assert dialog.form.complaint(field).endswith(".")
    with Answers(pressing("دور انداختن")):
        click(dialog, "انصراف")


def test_a_payment_is_undone_with_a_reason(page: LoanPage, frame: FakeFrame, loan: int) -> None:
    pay(frame, loan, "1402/05/01", ROWS[0].total)
    page.refresh()
    assert told(page, "overdue") == rial(owed(DUE[1:]))
    editor = show_tab(page, PAYMENTS)
    page.editor_of("payment").table.go_to(0)
    with Answers(reasoning("رسید برای تسهیلات دیگری بود", "برگرداندن")):
        click(editor, "برگرداندن")
    assert told(page, "overdue") == rial(owed(DUE))
    assert page.editor_of("payment").table.rows.rowCount() == 0


def test_what_is_unpaid_is_rescheduled(page: LoanPage, frame: FakeFrame, loan: int) -> None:
    pay(frame, loan, "1402/05/01", ROWS[0].total)
    page.refresh()
    dialog = begin(page, RENEWALS, "امهال تازه")
    fill(dialog, {"since": "1402/09/15", "first_due_on": "1402/10/15", "months": "24"})
    dialog._tell()
    assert rial(LENT - ROWS[0].principal) in dialog.preview.words
    assert dialog.preview.table is not None
    foretold = parts(dialog.preview.table)
    click(dialog, "ذخیره")
    assert told(page, "class") == "سررسید گذشته", "a new schedule is not current at once"
    new = schedule_rows(page)
    assert [row[:2] for row in foretold] == [(row.number, row.due_on) for row in new]
    assert [row[4] for row in foretold] == [row.total for row in new]
    assert len(new) == 24
    assert sum(row.principal for row in new) == LENT - ROWS[0].principal
    click(show_tab(page, INSTALMENTS), "قرارداد")
    old = schedule_rows(page)
    assert [row.number for row in old] == [row.number for row in ROWS]
    assert not sum(row.left for row in old)


def test_the_paper_of_the_bank_is_matched(page: LoanPage, frame: FakeFrame, loan: int) -> None:
    click(show_tab(page, INSTALMENTS), "تطبیق با برگهٔ بانک…")
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, CorrectionDialog)
    dialog._item(0, PRINCIPAL).setText(grouped(ROWS[0].principal + 3))
    click(dialog, "ذخیره")
    assert not dialog.complaint.isHidden()
    dialog._item(1, PRINCIPAL).setText("هیچ")
    assert "خوانده نمی‌شود" in dialog.complaint.text()
    dialog._item(1, PRINCIPAL).setText(grouped(ROWS[1].principal - 3))
    click(dialog, "ذخیره")
    shown = schedule_rows(page)
    assert [row.principal - made.principal for row, made in zip(shown, ROWS, strict=True)][:3] == [
        3, -3, 0,
    ]  # fmt: skip
    assert [row.by_paper for row in shown[:3]] == [True, True, None]
    click(show_tab(page, INSTALMENTS), "تطبیق با برگهٔ بانک…")
    again = QApplication.activeModalWidget()
    assert isinstance(again, CorrectionDialog)
    with Answers(reasoning("برگه اشتباه بود", "برگرداندن")):
        click(again, "برگشت به حساب برنامه…")
    assert [row.principal for row in schedule_rows(page)] == [row.principal for row in ROWS]


def test_what_is_typed_over_the_schedule_is_seen_and_not_lost(page: LoanPage) -> None:
    click(show_tab(page, INSTALMENTS), "تطبیق با برگهٔ بانک…")
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, CorrectionDialog)
    typed = dialog._item(0, PROFIT)
    typed.setText("22000000")
    assert typed.text() == "۲۲٬۰۰۰٬۰۰۰"
    assert typed.foreground().color() == theme.color("accent")
    assert dialog._item(0, TOTAL).text() == grouped(ROWS[0].principal + 22_000_000)
    day = dialog._item(1, DUE_COLUMN)
    day.setText("1402/13/01")
    assert day.foreground().color() == theme.color("bad")
    assert dialog.complaint.text() == (
        "سررسید قسط ۲ خوانده نمی‌شود؛ تاریخ را مانند ۱۴۰۲/۰۷/۱۵ بنویسید."
    )
    with Answers(pressing("ماندن در این صفحه")):
        click(dialog, "انصراف")
    assert dialog.isVisible()
    with Answers(pressing("دور انداختن")):
        click(dialog, "انصراف")
    assert not dialog.isVisible()
    assert [row.profit for row in schedule_rows(page)] == [row.profit for row in ROWS]


def test_a_penalty_is_waived_as_far_as_there_is_one(page: LoanPage, frame: FakeFrame) -> None:
    before = told(page, "penalty")
    assert before
    dialog = begin(page, RENEWALS, "ثبت بخشودگی")
    fill(dialog, {"day": "1402/09/15", "amount": "999999999999", "reason": "مصوبهٔ ستاد"})
    click(dialog, "ذخیره")
    assert dialog.form.complaint("amount")
    fill(dialog, {"amount": "1000"})
    click(dialog, "ذخیره")
    assert told(page, "penalty") != before


def test_a_call_is_noted(page: LoanPage, frame: FakeFrame) -> None:
    dialog = begin(page, CALLS, "تماس گرفته شد")
    fill(dialog, {"spoke_to": "مدیر", "again_on": "1402/09/20"})
    click(dialog, "ذخیره")
    rows = page.editor_of("call").table.rows
    assert rows.row_at(0).again_on == from_jalali("1402/09/20")


def test_by_an_earlier_day(page: LoanPage, frame: FakeFrame, loan: int) -> None:
    pay(frame, loan, "1402/08/01", owed(DUE))
    frame.day = from_jalali("1402/07/15")
    page.refresh()
    assert told(page, "overdue") == rial(owed(ROWS[:3]))
    frame.day = from_jalali("1402/04/01")
    page.refresh()
    assert page.strip.hint.isVisible()


def test_the_methods_are_compared(page: LoanPage) -> None:
    from desktop.loans.comparison_dialog import ComparisonDialog

    click(show_tab(page, INSTALMENTS), "مقایسهٔ روش‌ها")
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, ComparisonDialog)
    rows = [dialog.table.rows.row_at(n) for n in range(3)]
    assert rows == schedule.compare(LENT, 18, 12, FIRST_DUE)
    click(dialog, "بستن")


def test_a_payout_names_the_inspection_that_allowed_it(
    page: LoanPage, frame: FakeFrame, loan: int
) -> None:
    with frame.database.read() as session:
        unit = loans.get(session, loan).unit_id
    visit = add_visit(frame.database, unit, "1402/03/20")
    other = add_visit(frame.database, add_unit(frame.database, "دیگری"), "1402/03/21")
    page.refresh()
    show_tab(page, PAYOUTS)
    tab = page.editor_of("tranche")
    dialog = tab.open(tab.table.rows.row_at(0))
    editor: Any = dialog.form.editor("visit_id")
    offered = {number for number, _ in links._search(dialog.form, frame, "visit", "")}
    assert visit in offered
    assert other not in offered
    editor.set_options([(visit, "۱۴۰۲/۰۳/۲۰")])
    dialog.form.load({**dialog.form.readable(), "visit_id": visit}, changed=True)
    click(dialog, "ذخیره")
    assert tab.table.rows.row_at(0).visit.startswith("۱۴۰۲/۰۳/۲۰")
