"""«اقساط»: the schedule in force by the day of the window, what of it is paid, and the old ones."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from db import calendar
from db.queries import holidays, loans, repayment, repayment_preview
from db.text import grouped
from desktop import choices
from desktop.kinds import RATE, RIAL
from desktop.loans import schedule_fields
from desktop.pages.panel import Panel
from desktop.theme import SPACE
from desktop.widgets.common import Card, button, chip, label, muted
from desktop.widgets.inner_table import InnerTable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from db.models.loan import Loan
    from db.models.rescheduling import Rescheduling
    from db.rules.repayment import Line, State
    from desktop.widgets.frame import Frame

EMPTY = "برای جدول قسط‌ها روز نخستین قسط را در «پرونده» و نخستین پرداخت بانک را ثبت کنید."
CONTRACT = "قرارداد"
MOST_ROWS = 24  # two years are seen without a scroll bar of their own


class ScheduleRow(NamedTuple):
    """An instalment as the table shows it; amounts in rial."""

    id: int
    number: int
    due_on: date
    off_day: str
    principal: int
    profit: int
    total: int
    paid: int | None
    left: int
    days_late: int | None
    loan_class: str | None
    penalty: int | None
    by_paper: bool | None


def rows_of(
    lines: Sequence[Line], named: Mapping[date, str], papers: frozenset[int] = frozenset()
) -> list[ScheduleRow]:
    """What is late is told only of what is late."""
    return [
        _row(line, holidays.closed(line.due_on, named), line.number in papers) for line in lines
    ]


def _row(line: Line, off_day: str, by_paper: bool) -> ScheduleRow:
    late = line.days_overdue
    return ScheduleRow(
        line.number, line.number, line.due_on, off_day, line.principal, line.profit,
        line.principal + line.profit, line.paid_principal + line.paid_profit or None, line.left,
        late or None, line.loan_class if late else None, line.penalty or None,
        by_paper or None,
    )  # fmt: skip


class ScheduleTab(Panel):
    """One schedule at a time: that of the contract, or of a rescheduling after it."""

    def __init__(self, frame: Frame, loan_id: int) -> None:
        super().__init__(frame)
        self.loan_id = loan_id
        self.state: State | None = None
        self._plan = -1  # the newest
        self._papers: Mapping[int, frozenset[int]] = {}
        self._renewals: Sequence[Rescheduling] = ()
        self._terms: Sequence[str] = ()  # of each plan
        self._holidays: Mapping[date, str] = {}
        self.terms, self.sums, self.empty = label("", "muted"), label(""), muted(EMPTY)
        self.table = InnerTable(schedule_fields.SCHEDULE, MOST_ROWS)
        self.correct = button("تطبیق با برگهٔ بانک…", "edit")
        self.compare = button("مقایسهٔ روش‌ها", "columns")
        self.plans = QHBoxLayout()
        self.plans.setSpacing(SPACE[1])
        card = Card("جدول قسط‌ها")
        for each in (self.compare, self.correct):
            card.head.addWidget(each)
        card.body.addLayout(self.plans)
        for part in (self.empty, self.terms, self.table, self.sums):
            card.body.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card)
        column.addStretch(1)
        self.correct.clicked.connect(self._correct)
        self.compare.clicked.connect(self._compare)

    def load(self) -> None:
        day = self.frame.as_of() or calendar.today()
        with self.frame.database.read() as session:
            loan = loans.get(session, self.loan_id)
            self.state = repayment.state(session, self.loan_id, day)
            self._papers = repayment_preview.papers(session, self.loan_id)
            self._renewals = repayment.reschedulings(session, self.loan_id)
            days = [line.due_on for line in self.state.lines] if self.state else [day]
            self._holidays = holidays.names(session, min(days), max(days))
            self._terms = [_terms(loan), *(_terms(each) for each in self._renewals)]
        self._offer_plans()
        self._show()

    def _offer_plans(self) -> None:
        while (item := self.plans.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.deleteLater()
        count = 1 + max((line.plan for line in self.state.lines), default=0) if self.state else 0
        if count <= 1:
            self._plan = -1
            return
        for plan in range(count):
            made = chip(CONTRACT if not plan else f"امهال {grouped(plan)}", "calendar")
            made.setChecked(plan == self._shown_plan())
            made.clicked.connect(lambda _on=False, p=plan: self._choose(p))
            self.plans.addWidget(made)
        self.plans.addStretch(1)

    def _shown_plan(self) -> int:
        assert self.state is not None
        newest = max((line.plan for line in self.state.lines), default=0)
        return newest if self._plan < 0 else min(self._plan, newest)

    def _choose(self, plan: int) -> None:
        self._plan = plan
        self._offer_plans()
        self._show()

    def _show(self) -> None:
        is_there = self.state is not None
        self.empty.setVisible(not is_there)
        for part in (self.terms, self.table, self.sums):
            part.setVisible(is_there)
        for each in (self.correct, self.compare):
            each.setEnabled(is_there)
        if self.state is None:
            return
        plan = self._shown_plan()
        lines = [line for line in self.state.lines if line.plan == plan]
        rows = rows_of(lines, self._holidays, self._papers.get(plan, frozenset()))
        self.terms.setText(self._terms[plan])
        self.table.set_rows(rows)
        self.sums.setText(_sums(rows))

    def _correct(self) -> None:
        from desktop.loans.correction_dialog import CorrectionDialog

        assert self.state is not None
        plan = self._shown_plan()
        lines = [line for line in self.state.lines if line.plan == plan]
        renewal = self._renewals[plan - 1].id if plan else None
        CorrectionDialog(self.window(), self.frame, self.loan_id, renewal, lines).open()

    def _compare(self) -> None:
        from desktop.loans.comparison_dialog import ComparisonDialog

        ComparisonDialog(self.window(), self.frame, self.loan_id).open()


def _terms(of: Loan | Rescheduling) -> str:
    rate = RATE.show(of.rate)
    return f"{choices.METHOD.show(of.method)}، نرخ {rate} درصد، {grouped(of.months)} ماهه"


def _sums(rows: Sequence[Any]) -> str:
    told = {
        "اصل": sum(row.principal for row in rows),
        "سود": sum(row.profit for row in rows),
        "جمع": sum(row.total for row in rows),
        "پرداخت‌شده": sum(row.paid or 0 for row in rows),
        "مانده": sum(row.left for row in rows),
    }
    return "    ".join(f"{word}: {RIAL.show(amount)} ریال" for word, amount in told.items())
