"""A loan through its stages until it is paid out, each amount in words, each slip refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from db.calendar import from_jalali
from db.models import Loan, Tranche
from desktop.loans.page import LoansPage
from desktop.loans.record import LoanPage
from desktop.loans.tranches import TranchesTab
from desktop.messages import SENTENCES
from desktop.pages.history_view import HistoryView
from desktop.pages.part_editor import PartDialog
from desktop.widgets.editors.numbers import RialEditor
from tests.desktop.driving import Answers, click, enter, fill, key, keys, present, pressing
from tests.desktop.records import TODAY, add_loan, add_tranche, add_unit, approved, number_of
from tests.desktop.test_dialogs import reasoning
from tests.desktop.typing import focus_of, type_in, type_text

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tests.desktop.fake_frame import FakeFrame

pytestmark = pytest.mark.usefixtures("fixed_today")
MILLIARD = 1_000_000_000
SHEBA = "IR820540102680020817909002"


@pytest.fixture
def unit(frame: FakeFrame) -> int:
    return add_unit(frame.database, "نساجی کویر")


@pytest.fixture
def page(qtbot: QtBot, frame: FakeFrame, unit: int) -> LoansPage:
    made = frame.page = present(qtbot, LoansPage(frame))
    made.start()
    return made


def record(page: LoansPage) -> LoanPage:
    assert isinstance(page.record, LoanPage)
    return page.record


def begin(page: LoansPage) -> LoanPage:
    keys(page, Qt.Key.Key_N)
    QApplication.processEvents()
    return record(page)


def opened(page: LoansPage, loan_id: int) -> LoanPage:
    page.refresh()
    page.open(loan_id)
    QApplication.processEvents()
    return record(page)


def save(page: LoansPage) -> None:
    keys(page, Qt.Key.Key_S)


def tranches(page: LoansPage) -> TranchesTab:
    made = record(page)
    made.tabs.setCurrentIndex(1)
    tab = made.editor_of("tranche")
    assert isinstance(tab, TranchesTab)
    return tab


def asked() -> PartDialog:
    found = QApplication.activeModalWidget()
    assert isinstance(found, PartDialog)
    return found


def pay(page: LoansPage, day: str, amount: str) -> PartDialog:
    click(tranches(page), "ثبت پرداخت")
    made = asked()
    fill(made, {"day": day, "amount": amount})
    click(made, "ذخیره")
    return made


def throw_away(dialog: PartDialog) -> None:
    with Answers(pressing("دور انداختن")):
        click(dialog, "انصراف")


def history(page: LoansPage) -> list[tuple[str, str, str, str]]:
    """(record, field, from, to) of the history tab, newest first."""
    view = record(page).made_tab("تاریخچه")
    assert isinstance(view, HistoryView)
    rows = [view.table.rows.row_at(n) for n in range(view.table.rows.rowCount())]
    return [(row.record, row.field, row.before, row.after) for row in rows]


# --- the story ------------------------------------------------------------------------------------


def test_a_loan_goes_through_its_stages_until_it_is_paid_out(
    page: LoansPage, frame: FakeFrame
) -> None:
    made = begin(page)
    for typed in ("نساجی", "کشاورزی", "مرکزی", "2000000000", "", "10", "1402/05/01"):
        widget = QApplication.focusWidget()
        assert widget is not None
        type_text(widget, typed)
        enter(QApplication.focusWidget() or widget)
    save(page)
    assert frame.toasts == [("ذخیره شد.", "good")]
    assert made.title.text() == "تسهیلات نساجی کویر"
    assert made.state.text() == "درخواست"
    for values, stage in (
        ({"introduced_on": "1402/05/10"}, "معرفی به بانک"),
        ({"approved_on": "1402/06/01", "amount_approved": "1500000000"}, "تصویب"),
        ({"contract_on": "1402/06/10", "contract_no": "ق/12", "sheba": SHEBA}, "قرارداد"),
    ):
        made.tabs.setCurrentIndex(0)
        fill(made, values)
        save(page)
        assert made.state.text() == stage
    pay(page, "1402/07/01", "1000000000")
    assert made.state.text() == "پرداخت مرحله‌ای"
    pay(page, "1402/08/01", "500000000")
    assert made.state.text() == "پرداخت‌شده"
    assert "مانده ۰ ریال" in tranches(page).sums.text()
    rows = [tranches(page).table.rows.row_at(n) for n in range(2)]
    assert [(row.number, row.amount) for row in rows] == [(1, MILLIARD), (2, MILLIARD // 2)]
    told = history(page)
    assert ("پرداخت", "مبلغ پرداخت", "", "۵۰۰٬۰۰۰٬۰۰۰") in told
    assert ("تسهیلات", "روز تصویب", "", "۱۴۰۲/۰۶/۰۱") in told
    assert ("تسهیلات", "واحد", "", "نساجی کویر (۱۰۰۰۰۱)") in told
    assert not any(field.isascii() for _, field, _, _ in told)
    key(page, Qt.Key.Key_Escape)
    row = page.table.current()
    assert (row.unit, row.stage, row.paid) == ("نساجی کویر", "paid_out", MILLIARD * 3 // 2)


def test_a_loan_that_was_rejected_or_given_up(page: LoansPage, frame: FakeFrame) -> None:
    made = opened(page, add_loan(frame.database, 1))
    fill(made, {"rejected_on": "1402/03/01"})
    save(page)
    assert made.state.text() == "ردشده"
    fill(made, {"withdrawn_on": "1402/03/02"})
    assert made.form.complaint("withdrawn_on") == SENTENCES["rejected_and_withdrawn"]
    fill(made, {"rejected_on": ""})
    save(page)
    assert made.state.text() == "انصراف"


# --- what is refused ------------------------------------------------------------------------------


def test_the_stages_keep_their_order(page: LoansPage, frame: FakeFrame) -> None:
    """Each slip is told beside its field, and put right again before the next."""
    made = opened(page, add_loan(frame.database, 1))
    right = {"introduced_on": "", "approved_on": "1402/03/01", "amount_approved": "1000",
             "contract_on": "", "rejected_on": "", "withdrawn_on": ""}  # fmt: skip
    slips: tuple[tuple[dict[str, str], str, str], ...] = (
        ({"introduced_on": "1402/01/31"}, "introduced_on", "stage_before_earlier"),
        ({"introduced_on": "1402/03/02"}, "approved_on", "stage_before_earlier"),
        ({"contract_on": "1402/02/31"}, "contract_on", "stage_before_earlier"),
        ({"amount_approved": ""}, "amount_approved", "approved_without_amount"),
        ({"approved_on": ""}, "approved_on", "amount_without_day"),
        ({"approved_on": "", "amount_approved": "", "contract_on": "1402/04/01"},
         "contract_on", "contract_without_approval"),
        ({"contract_on": "1402/04/01", "rejected_on": "1402/04/02"},
         "rejected_on", "rejected_after_contract"),
        ({"approved_on": "1402/09/16"}, "approved_on", "future"),
        ({"amount_approved": "0"}, "amount_approved", "too_small"),
    )  # fmt: skip
    for wrong, name, code in slips:
        fill(made, {**right, **wrong})
        save(page)
        told = made.form.complaint(name)
        assert told.startswith(SENTENCES[code].split("{0}")[0]), (wrong, told)
        assert frame.toasts == []
    fill(made, right)
    save(page)
    assert frame.toasts == [("ذخیره شد.", "good")]


def test_amounts_and_terms_out_of_bounds(page: LoansPage, frame: FakeFrame) -> None:
    made = opened(page, add_loan(frame.database, 1))
    right = {"amount_asked": "1000", "rate": "18", "months": "60", "grace_months": "6",
             "jobs_promised": "3", "sheba": SHEBA, "penalty_points": "6"}  # fmt: skip
    for name, typed, code in (
        ("amount_asked", "-5", "too_small"),
        ("amount_asked", "100000000000000", "too_large"),
        ("amount_asked", "پنج میلیون", "unreadable_number"),
        ("rate", "101", "too_large"),
        ("months", "0", "too_small"),
        ("grace_months", "60", "grace_too_long"),
        ("sheba", "IR820540102680020817909003", "bad_sheba"),
    ):
        fill(made, {**right, name: typed})
        assert made.form.complaint(name).startswith(SENTENCES[code].split("{0}")[0]), (name, typed)
    fill(made, right)
    save(page)
    assert frame.toasts == [("ذخیره شد.", "good")]


def test_what_is_odd_is_warned_of_and_saved(page: LoansPage, frame: FakeFrame) -> None:
    made = opened(page, add_loan(frame.database, 1))
    fill(made, {"applied_on": "1402/01/05", "bank_id": "ملی", "sheba": SHEBA})
    assert "پیش از ثبت واحد (۱۴۰۲/۰۱/۱۰)" in made.form.complaint("applied_on")
    assert made.form.complaint("sheba") == SENTENCES["sheba_of_other_bank"]
    save(page)
    assert frame.toasts == [("ذخیره شد.", "good")]


def test_a_loan_needs_its_unit_and_its_bank(page: LoansPage, frame: FakeFrame) -> None:
    made = begin(page)
    save(page)
    for name in ("unit_id", "bank_id", "amount_asked"):
        assert made.form.complaint(name) == SENTENCES["required"]
    assert focus_of(made, "unit_id").hasFocus()
    fill(made, {"unit_id": "واحدی که نیست"})
    assert made.form.complaint("unit_id") == SENTENCES["unreadable_choice"]


# --- payouts --------------------------------------------------------------------------------------


def test_payouts_stay_within_what_was_approved(page: LoansPage, frame: FakeFrame) -> None:
    loan = add_loan(frame.database, 1, **approved(2 * MILLIARD))
    opened(page, loan)
    pay(page, "1402/05/01", "1500000000")
    dialog = pay(page, "1402/06/01", "500000001")
    assert dialog.form.complaint("amount") == SENTENCES["above_approved"].format("۵۰۰٬۰۰۰٬۰۰۰")
    fill(dialog, {"day": "1402/03/31", "amount": "500000000"})
    click(dialog, "ذخیره")
    assert "پیش از قرارداد (۱۴۰۲/۰۴/۰۱)" in dialog.form.complaint("day")
    fill(dialog, {"day": "1402/09/16"})
    click(dialog, "ذخیره")
    assert dialog.form.complaint("day") == SENTENCES["future"]
    fill(dialog, {"amount": "-1", "day": "1402/06/01"})
    click(dialog, "ذخیره")
    assert dialog.form.complaint("amount").startswith("کمتر از ۱")
    fill(dialog, {"amount": "500000000"})
    click(dialog, "ذخیره")
    assert not dialog.isVisible()
    assert record(page).state.text() == "پرداخت‌شده"


def test_nothing_is_paid_before_the_contract(page: LoansPage, frame: FakeFrame) -> None:
    opened(page, add_loan(frame.database, 1, **approved(MILLIARD, contract=None)))
    dialog = pay(page, "1402/05/01", "1000")
    assert dialog.form.complaint("day") == SENTENCES["paid_without_contract"]
    throw_away(dialog)


def test_what_was_paid_holds_the_loan(page: LoansPage, frame: FakeFrame) -> None:
    loan = add_loan(frame.database, 1, **approved(2 * MILLIARD))
    add_tranche(frame.database, loan, "1402/05/01", MILLIARD)
    made = opened(page, loan)
    right = {"amount_approved": "2000000000", "contract_on": "1402/04/01", "withdrawn_on": ""}
    for wrong, name, code in (
        ({"amount_approved": "999999999"}, "amount_approved", "approved_below_paid"),
        ({"contract_on": "1402/05/02"}, "contract_on", "contract_after_paid"),
        ({"contract_on": ""}, "contract_on", "paid_without_contract"),
        ({"withdrawn_on": "1402/06/01"}, "withdrawn_on", "ended_after_paid"),
    ):
        fill(made, {**right, **wrong})
        save(page)
        told = made.form.complaint(name)
        assert told.startswith(SENTENCES[code].split("{0}")[0]), (name, told)
        assert frame.toasts == []
    with Answers(pressing("دور انداختن")):
        key(page, Qt.Key.Key_Escape)


def test_a_payout_is_changed_and_archived(page: LoansPage, frame: FakeFrame) -> None:
    loan = add_loan(frame.database, 1, **approved(2 * MILLIARD))
    number = add_tranche(frame.database, loan, "1402/05/01", MILLIARD)
    opened(page, loan)
    tab = tranches(page)
    tab.table.go_to(0)
    click(tab, "ویرایش")
    dialog = asked()
    editor = dialog.form.editor("amount")
    assert isinstance(editor, RialEditor)
    assert editor.words.text == "یکصد میلیون تومان"
    fill(dialog, {"amount": "2000000000"})
    click(dialog, "ذخیره")
    assert record(page).state.text() == "پرداخت‌شده"
    with frame.database.read() as session:
        assert session.get_one(Tranche, number).number == 1
    tab.table.go_to(0)
    with Answers(reasoning("برگشت خورد", "بایگانی")):
        click(tab, "بایگانی")
    assert tab.table.rows.rowCount() == 0
    assert record(page).state.text() == "قرارداد"
    assert "پرداخت‌شده ۰ ریال" in tab.sums.text()


def test_a_payout_begins_today(page: LoansPage, frame: FakeFrame) -> None:
    opened(page, add_loan(frame.database, 1, **approved(MILLIARD)))
    click(tranches(page), "ثبت پرداخت")
    dialog = asked()
    assert dialog.form.editor("day").value() == TODAY
    assert not dialog.form.changed
    key(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


# --- how amounts are shown ------------------------------------------------------------------------


def test_an_amount_is_told_in_words_and_toman_as_it_is_typed(page: LoansPage) -> None:
    made = begin(page)
    editor = made.form.editor("amount_asked")
    assert isinstance(editor, RialEditor)
    type_in(made, "amount_asked", "1500000000")
    assert editor.edit.text() == "۱٬۵۰۰٬۰۰۰٬۰۰۰"
    assert editor.words.text == "یکصد و پنجاه میلیون تومان"
    type_in(made, "amount_asked", "پنج")
    assert editor.words.text == ""
    with Answers(pressing("دور انداختن")):
        key(page, Qt.Key.Key_Escape)


def test_the_list_sums_the_chosen_and_finds_by_unit_and_contract(
    qtbot: QtBot, page: LoansPage, frame: FakeFrame
) -> None:
    other = add_unit(frame.database, "پارس نخ")
    add_loan(frame.database, 1, **approved(2 * MILLIARD))
    add_loan(frame.database, other, **approved(MILLIARD), contract_no="ق/77")
    page.table.setFocus()
    keys(page, Qt.Key.Key_A)
    assert "مبلغ مصوب: ۳٬۰۰۰٬۰۰۰٬۰۰۰" in frame.told
    for typed, name in (("پارس", "پارس نخ"), ("77", "پارس نخ"), ("كوير", "نساجی کویر")):
        page.bar.show_view(typed, {})
        page.bar.changed.emit()
        assert [page.table.rows.row_at(n).unit for n in range(len(page.listing))] == [name]


def test_the_doors_of_the_figures_lead_to_their_loans(page: LoansPage, frame: FakeFrame) -> None:
    paid = add_loan(frame.database, 1, **approved(MILLIARD))
    add_tranche(frame.database, paid, "1402/05/01", 1000)
    add_loan(frame.database, 1, **approved(MILLIARD, contract=None))
    add_loan(frame.database, 1)
    gone = {**approved(MILLIARD, contract=None), "withdrawn_on": from_jalali("1402/04/01")}
    add_loan(frame.database, 1, **gone)
    for filters, count in (({"standing": True}, 2), ({"has_paid": True}, 1), ({}, 4)):
        page.show_filters(filters)
        assert len(page.listing) == count
    fasa = number_of(frame.database, "county", "فسا")
    page.show_filters({"county_id": [fasa]})
    assert page.empty.isVisible()


def test_a_loan_of_an_earlier_day_is_shown_at_its_stage(page: LoansPage, frame: FakeFrame) -> None:
    made = opened(page, add_loan(frame.database, 1, **approved(MILLIARD)))
    assert made.state.text() == "قرارداد"
    frame.day = from_jalali("1402/03/15")
    page.refresh()
    assert made.state.text() == "تصویب"
    frame.day = from_jalali("1402/02/15")
    page.refresh()
    assert made.state.text() == "درخواست"


def test_a_loan_begun_for_a_unit_has_it_in_the_form(page: LoansPage, frame: FakeFrame) -> None:
    page.new_with({"unit_id": 1})
    made = record(page)
    assert focus_of(made, "unit_id").text() == "نساجی کویر (۱۰۰۰۰۱)"  # type: ignore[attr-defined]
    fill(made, {"bank_id": "ملی", "amount_asked": "1000"})
    save(page)
    with frame.database.read() as session:
        assert session.query(Loan).one().unit_id == 1
    assert isinstance(made, QWidget)
