"""Each slip of a loan's repayment, typed in its dialog: the sentence beside the field it is in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtWidgets import QApplication

from db.calendar import from_jalali
from db.commands import repayment as commands
from db.queries import repayment
from db.text import grouped
from desktop.loans.page import LoansPage
from desktop.loans.record import CALLS, PAYMENTS, PAYOUTS, RENEWALS, LoanPage
from desktop.messages import SENTENCES
from desktop.pages.part_editor import PartDialog
from tests.desktop.driving import Answers, click, fill, present, pressing, show_tab
from tests.desktop.records import TODAY, add_loan, add_tranche, add_unit, approved
from tests.desktop.test_dialogs import reasoning

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tests.desktop.fake_frame import FakeFrame

pytestmark = pytest.mark.usefixtures("fixed_today")
LENT = 1_200_000_000
FIRST_DUE = from_jalali("1402/05/01")
PAYMENT, WAIVER, RENEWAL, CALL, PAYOUT = (
    (PAYMENTS, "پرداخت تازه"),
    (RENEWALS, "ثبت بخشودگی"),
    (RENEWALS, "امهال تازه"),
    (CALLS, "تماس گرفته شد"),
    (PAYOUTS, "ثبت پرداخت"),
)
Dialog = tuple[str, str]


@pytest.fixture
def loan(frame: FakeFrame) -> int:
    """1.2 milliard in 12 months at 18 percent; 1.3 were approved."""
    number = add_loan(
        frame.database, add_unit(frame.database), **approved(LENT + 100_000_000),
        method="annuity", rate=18, months=12, first_due_on=FIRST_DUE,
    )  # fmt: skip
    add_tranche(frame.database, number, "1402/04/02", LENT)
    return number


@pytest.fixture
def page(qtbot: QtBot, frame: FakeFrame, loan: int) -> LoanPage:
    return opened(qtbot, frame, loan)


def throw_away() -> None:
    """What was refused stands in its dialog until the user lets it go."""
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, PartDialog)
    with Answers(pressing("دور انداختن")):
        click(dialog, "انصراف")


def opened(qtbot: QtBot, frame: FakeFrame, loan: int) -> LoanPage:
    made = frame.page = present(qtbot, LoansPage(frame))
    made.start()
    made.open(loan)
    QApplication.processEvents()
    assert isinstance(made.record, LoanPage)
    return made.record


def written(page: LoanPage, where: Dialog, typed: dict[str, str]) -> PartDialog:
    """The dialog with these letters, after «ذخیره»."""
    tab, words = where
    click(show_tab(page, tab), words)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, PartDialog)
    fill(dialog, typed)
    click(dialog, "ذخیره")
    return dialog


def sentence(code: str, *detail: str) -> str:
    return SENTENCES[code].format(*detail)


SLIPS: list[tuple[Dialog, dict[str, str], str, str]] = [
    (PAYMENT, {"amount": "", "receipt_no": "7"}, "amount", sentence("required")),
    (PAYMENT, {"amount": "0"}, "amount", sentence("too_small", "۱")),
    (PAYMENT, {"amount": "-1"}, "amount", sentence("too_small", "۱")),
    (PAYMENT, {"amount": "ده میلیون"}, "amount", sentence("unreadable_number")),
    (PAYMENT, {"amount": "9", "day": "1402/04/01"}, "day",
     sentence("payment_before_paid_out", "۱۴۰۲/۰۴/۰۲")),
    (PAYMENT, {"amount": "9", "day": "1402/09/16"}, "day", sentence("future")),
    (PAYMENT, {"amount": "9", "day": "1402/12/30"}, "day", sentence("unreadable_day")),
    (WAIVER, {"amount": "0", "reason": "مصوبه"}, "amount", sentence("too_small", "۱")),
    (WAIVER, {"amount": "5"}, "reason", sentence("reason_missing")),
    (WAIVER, {"amount": "5", "reason": "مصوبه", "day": "1402/04/01"}, "day",
     sentence("payment_before_paid_out", "۱۴۰۲/۰۴/۰۲")),
    (RENEWAL, {"months": "0"}, "months", sentence("too_small", "۱")),
    (RENEWAL, {"months": "241"}, "months", sentence("too_large", "۲۴۰")),
    (RENEWAL, {"rate": "0"}, "rate", sentence("not_above_zero")),
    (RENEWAL, {"rate": "101"}, "rate", sentence("too_large", "۱۰۰")),
    (RENEWAL, {"grace_months": "12"}, "grace_months", sentence("grace_too_long")),
    (RENEWAL, {"since": "1402/09/16"}, "since", sentence("future")),
    (RENEWAL, {"since": "1402/09/10", "first_due_on": "1402/09/09"}, "first_due_on",
     sentence("due_before_rescheduling", "۱۴۰۲/۰۹/۱۰")),
    (RENEWAL, {"penalty_points": "-1"}, "penalty_points", sentence("too_small", "۰")),
    (CALL, {"day": "1402/09/16"}, "day", sentence("future")),
    (CALL, {"day": "1402/09/10", "again_on": "1402/09/10"}, "again_on",
     sentence("again_not_after_call", "۱۴۰۲/۰۹/۱۰")),
    (PAYOUT, {"amount": "100000001", "day": "1402/06/01"}, "amount",
     sentence("above_approved", "۱۰۰٬۰۰۰٬۰۰۰")),
    (PAYOUT, {"amount": "5", "day": "1402/03/31"}, "day",
     sentence("paid_before_contract", "۱۴۰۲/۰۴/۰۱")),
    (PAYOUT, {"amount": "0", "day": "1402/06/01"}, "amount", sentence("too_small", "۱")),
]  # fmt: skip


@pytest.mark.parametrize(("where", "typed", "field", "told"), SLIPS)
def test_a_slip_is_told_beside_its_field(
    page: LoanPage, where: Dialog, typed: dict[str, str], field: str, told: str
) -> None:
    dialog = written(page, where, typed)
    assert dialog.form.complaint(field) == told
    assert dialog.isVisible()
    throw_away()


def test_more_than_the_penalty_is_not_waived(page: LoanPage, frame: FakeFrame, loan: int) -> None:
    with frame.database.read() as session:
        state = repayment.state(session, loan, TODAY)
    assert state is not None
    left = state.penalty_left
    dialog = written(page, WAIVER, {"amount": str(left + 1), "reason": "مصوبه"})
    assert dialog.form.complaint("amount") == sentence("above_penalty", grouped(left))
    throw_away()


def test_more_than_is_owed_is_refused_until_it_is_kept(
    page: LoanPage, frame: FakeFrame, loan: int
) -> None:
    with frame.database.read() as session:
        state = repayment.state(session, loan, TODAY)
    assert state is not None
    dialog = written(page, PAYMENT, {"amount": str(state.owed + 7)})
    assert dialog.form.complaint("amount") == sentence("above_owed", "۷")
    throw_away()


def test_a_settlement_needs_all_of_it(page: LoanPage, frame: FakeFrame, loan: int) -> None:
    with frame.database.read() as session:
        ends = repayment.settlement(session, loan, TODAY)
    assert ends is not None
    click(show_tab(page, PAYMENTS), "پرداخت تازه")
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, PartDialog)
    fill(dialog, {"amount": str(ends.total - 1)})
    dialog.form.editor("settles").inner.click()  # type: ignore[attr-defined]  # a check box
    click(dialog, "ذخیره")
    assert dialog.form.complaint("amount") == sentence("below_settlement", grouped(ends.total))
    throw_away()


def test_a_loan_of_which_nothing_is_paid_out_is_not_paid_back(
    qtbot: QtBot, frame: FakeFrame
) -> None:
    unit = add_unit(frame.database)
    number = add_loan(frame.database, unit, **approved(LENT), first_due_on=FIRST_DUE)
    page = opened(qtbot, frame, number)
    dialog = written(page, PAYMENT, {"amount": "5"})
    assert dialog.form.complaint("day") == sentence("payment_without_payout")
    throw_away()


def test_a_settled_loan_is_not_rescheduled(page: LoanPage, frame: FakeFrame, loan: int) -> None:
    with frame.database.write() as session:
        ends = repayment.settlement(session, loan, TODAY)
        assert ends is not None
        values = {"day": TODAY, "amount": ends.total, "settles": True}
        commands.save_payment(session, loan, None, values)
    page.refresh()
    dialog = written(page, RENEWAL, {"first_due_on": "1402/10/15"})
    assert dialog.form.complaint("since") == sentence("already_settled")
    throw_away()


def test_nothing_is_entered_before_a_rescheduling_nor_undone(
    page: LoanPage, frame: FakeFrame, loan: int
) -> None:
    with frame.database.write() as session:
        paid = {"day": from_jalali("1402/05/01"), "amount": 5_000_000}
        commands.save_payment(session, loan, None, paid)
        commands.save_rescheduling(
            session, loan, None,
            {"since": from_jalali("1402/08/01"), "method": "annuity", "rate": 18, "months": 24,
             "first_due_on": from_jalali("1402/09/01"), "reason": "خشکسالی"},
        )  # fmt: skip
    page.refresh()
    told = sentence("before_rescheduling", "۱۴۰۲/۰۸/۰۱")
    dialog = written(page, PAYMENT, {"day": "1402/08/01", "amount": "5"})
    assert dialog.form.complaint("day") == told
    throw_away()
    editor = page.editor_of("payment")
    editor.table.go_to(0)
    with Answers(reasoning("اشتباه بود", "برگرداندن")):
        click(editor, "برگرداندن")
    assert frame.toasts[-1] == (told, "warn")
    assert editor.table.rows.rowCount() == 1


def test_a_receipt_of_the_same_bank_is_told_of_and_taken(
    page: LoanPage, frame: FakeFrame, loan: int, qtbot: QtBot
) -> None:
    with frame.database.write() as session:
        paid = {"day": from_jalali("1402/05/01"), "amount": 5_000_000, "receipt_no": "77"}
        commands.save_payment(session, loan, None, paid)
    click(show_tab(page, PAYMENTS), "پرداخت تازه")
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, PartDialog)
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    fill(dialog, {"amount": "5000000", "receipt_no": "۷۷"})
    assert "۱۴۰۲/۰۵/۰۱" in dialog.form.complaint("receipt_no")
    click(dialog, "ذخیره")
    with frame.database.read() as session:
        assert len(repayment.payments(session, loan)) == 2


@pytest.mark.parametrize(
    ("typed", "field", "told"),
    [
        ({"first_due_on": "1402/03/31"}, "first_due_on",
         sentence("due_before_contract", "۱۴۰۲/۰۴/۰۱")),
        ({"first_due_on": "1402/04/01"}, "first_due_on",
         sentence("due_before_paid_out", "۱۴۰۲/۰۴/۰۲")),
        ({"months": "0"}, "months", sentence("too_small", "۱")),
        ({"rate": "0"}, "rate", sentence("not_above_zero")),
        ({"rate": "100.01"}, "rate", sentence("too_large", "۱۰۰")),
        ({"grace_months": "12"}, "grace_months", sentence("grace_too_long")),
        ({"amount_approved": "1199999999"}, "amount_approved",
         sentence("approved_below_paid", "۱٬۲۰۰٬۰۰۰٬۰۰۰")),
    ],
)  # fmt: skip
def test_the_terms_of_a_contract_are_told_of_in_its_form(
    page: LoanPage, typed: dict[str, Any], field: str, told: str
) -> None:
    fill(page.form, typed)
    assert page.save() is False
    assert page.form.complaint(field) == told
    page.form.changed = False
