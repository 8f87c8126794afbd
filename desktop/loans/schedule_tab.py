"""«اقساط»: the schedule in force by the day of the window, what of it is paid, and the old ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from db import calendar
from desktop.kinds import RIAL
from desktop.loans import schedule_fields, schedule_sheets
from desktop.loans.schedule_rows import plans_of
from desktop.pages.panel import Panel
from desktop.paper.printing import PrintButton
from desktop.theme import SPACE
from desktop.widgets.common import button, chip, label, muted, tool_button
from desktop.widgets.inner_table import FullTable

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from PySide6.QtGui import QResizeEvent

    from desktop.loans.schedule_rows import Plan, ScheduleRow
    from desktop.loans.schedule_sheets import ScheduleSheet
    from desktop.paper.printing import Printed
    from desktop.progress import Progress
    from desktop.widgets.frame import Frame

EMPTY = "برای جدول قسط‌ها روز نخستین قسط را در «پرونده» و نخستین پرداخت بانک را ثبت کنید."
ROW_HEIGHT = 30  # pixels: many instalments are looked through at once
ROOM_FOR_TERMS = 260  # pixels of the height below which the rows need that of the terms
COPIED = "جدول قسط‌ها رونوشت شد؛ در اکسل یا نامه بچسبانید."


class ScheduleTab(Panel):
    """One schedule at a time: that of the contract, or of a rescheduling after it."""

    def __init__(self, frame: Frame, loan_id: int) -> None:
        super().__init__(frame)
        self.loan_id = loan_id
        self._plans: list[Plan] = []
        self._chosen: int | None = None  # the newest
        self.table = FullTable(
            schedule_fields.SCHEDULE, now_and_then=schedule_fields.NOW_AND_THEN,
            row_height=ROW_HEIGHT,
        )  # fmt: skip
        self.terms, self.sums, self.empty = muted(""), label(""), muted(EMPTY)
        self.compare = button("مقایسهٔ روش‌ها", "columns")
        self.correct = button("تطبیق با برگهٔ بانک…", "edit")
        self.calculate = tool_button("با این شرط‌ها در ماشین حساب", "calculator")
        self.copy = tool_button("رونوشت جدول", "copy")
        self.excel = tool_button("خروجی اکسل", "excel")
        self.print = PrintButton(frame, "چاپ", self._to_print)
        self._head, self.chips = QHBoxLayout(), QHBoxLayout()
        self.shown = QWidget()  # all there is once there are instalments
        self._build()

    def _build(self) -> None:
        self._head.setSpacing(SPACE[0])
        self.chips.setSpacing(SPACE[1])
        self._head.addLayout(self.chips)
        for each in (self.compare, self.correct, self.calculate, self.copy, self.excel, self.print):
            self._head.addWidget(each)
        inside = self._inside = QVBoxLayout(self.shown)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(SPACE[0])
        inside.addLayout(self._head)
        inside.addWidget(self.table, 1)
        inside.addWidget(self.sums)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, SPACE[0], 0, 0)
        column.addWidget(self.empty)
        column.addWidget(self.shown, 1)
        column.addStretch(0)
        self.table.setAccessibleName(schedule_sheets.TITLE)
        self.compare.clicked.connect(self._compare)
        self.correct.clicked.connect(self._correct)
        self.calculate.clicked.connect(self._calculate)
        self.copy.clicked.connect(self._copy)
        self.excel.clicked.connect(self._export)

    def load(self) -> None:
        with self.frame.database.read() as session:
            self._plans = plans_of(session, self.loan_id, self._day())
        self._show()

    def _day(self) -> date:
        return self.frame.as_of() or calendar.today()

    @property
    def plan(self) -> Plan:
        """The one that is shown."""
        newest = len(self._plans) - 1
        return self._plans[newest if self._chosen is None else min(self._chosen, newest)]

    def _show(self) -> None:
        self.empty.setVisible(not self._plans)
        self.shown.setVisible(bool(self._plans))
        self._offer_plans()
        if not self._plans:
            return
        self.terms.setText(self.plan.words)
        self.table.set_rows(self.plan.rows)
        self.sums.setText(_sums(self.plan.rows))

    def _offer_plans(self) -> None:
        """A choice, once there is more than one; before that the terms have its place."""
        while (item := self.chips.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        if len(self._plans) <= 1:
            self._chosen = None
            self._head.insertWidget(0, self.terms, 1)
            self.terms.show()
            return
        self._inside.insertWidget(1, self.terms)
        self._make_room()
        for place, plan in enumerate(self._plans):
            made = chip(plan.name, "calendar")
            made.setChecked(plan is self.plan)
            made.setToolTip(plan.words)
            made.clicked.connect(lambda _on=False, p=place: self._choose(p))
            self.chips.addWidget(made)
        self.chips.addStretch(1)

    def _choose(self, place: int) -> None:
        self._chosen = place
        self._show()

    def _make_room(self) -> None:
        """In a low window the line of the terms is the tip of each plan alone."""
        if len(self._plans) > 1:
            self.terms.setVisible(self.height() >= ROOM_FOR_TERMS)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    # what the user does

    def _correct(self) -> None:
        from desktop.loans.correction_dialog import CorrectionDialog

        plan = self.plan
        CorrectionDialog(
            self.window(), self.frame, self.loan_id, plan.renewal_id, plan.lines
        ).open()

    def _compare(self) -> None:
        from desktop.loans.comparison_dialog import ComparisonDialog

        ComparisonDialog(self.window(), self.frame, self.loan_id).open()

    def _calculate(self) -> None:
        """To see what other terms would make of it."""
        terms = self.plan.terms
        self.frame.new("calculator", {**terms._asdict(), "principal": self.plan.principal})

    def _copy(self) -> None:
        self.table.copy_all()
        self.frame.toast(COPIED)

    def _sheet(self) -> ScheduleSheet:
        fields = self.table.visible_fields()
        with self.frame.database.read() as session:
            return schedule_sheets.sheet_of(session, self.loan_id, self._day(), self.plan, fields)

    def _export(self) -> None:
        schedule_sheets.save_workbook(self, self.frame, self._sheet())

    def _to_print(self) -> Callable[[Progress], Printed]:
        of = self._sheet()
        return lambda _progress: schedule_sheets.printed(of)


def _sums(rows: Sequence[ScheduleRow]) -> str:
    told = {
        "اصل": sum(row.principal for row in rows),
        "سود": sum(row.profit for row in rows),
        "جمع قسط‌ها": sum(row.total for row in rows),
        "پرداخت‌شده": sum(row.paid or 0 for row in rows),
        "مانده": sum(row.left for row in rows),
    }
    return "    ".join(f"{word}: {RIAL.show(amount)}" for word, amount in told.items()) + " ریال"
