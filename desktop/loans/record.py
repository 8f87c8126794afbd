"""The page of one loan: how it stands, its payouts, instalments, payments, calls and history."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from db import calendar
from db.commands import loans as commands
from db.models.loan import Loan
from db.queries import changes, repayment, units
from db.queries import loans as queries
from desktop import choices
from desktop.loans import fields
from desktop.loans.standing_strip import StandingStrip
from desktop.pages.later import later
from desktop.pages.list_page import refresh_panel
from desktop.pages.record_page import RecordPage
from desktop.theme import SPACE
from desktop.widgets.common import scrolled

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy.orm import Session

    from db.errors import Violation
    from desktop.pages.part_editor import PartEditor
    from desktop.widgets.frame import Frame

PAYOUTS, INSTALMENTS, PAYMENTS = "پرداخت تسهیلات", "اقساط", "بازپرداخت"
RENEWALS, CALLS, HISTORY = "امهال و بخشودگی", "تماس‌ها", "تاریخچه"
# Each tab's editors: their module, their name, the table they write.
EDITORS = {
    PAYOUTS: (("desktop.loans.tranches", "TranchesTab", "tranche"),),
    PAYMENTS: (("desktop.loans.payments", "PaymentsEditor", "payment"),),
    RENEWALS: (
        ("desktop.loans.reschedulings", "ReschedulingsEditor", "rescheduling"),
        ("desktop.loans.payments", "WaiversEditor", "waiver"),
    ),
    CALLS: (("desktop.loans.calls", "CallsEditor", "call"),),
}


class LoanPage(RecordPage):
    """One loan. What belongs to it has tabs once it is stored, each made when looked at."""

    SECTIONS = fields.FORM
    NEW_TITLE = "تسهیلات تازه"
    SUGGESTED = (Loan.branch,)
    FORM_TAB = "پرونده"

    def __init__(
        self,
        frame: Frame,
        record_id: int | None,
        values: Mapping[str, Any],
        parent: QWidget | None = None,
    ) -> None:
        self._parts: list[Any] = []  # what the tabs made so far show
        self._has_tabs = False
        self._unit_name = ""
        self.strip = StandingStrip()
        super().__init__(frame, record_id, values, parent)

    def _build(self) -> None:
        super()._build()
        self.under.addWidget(self.strip)

    def fetch(self, session: Session, record_id: int) -> Loan:
        loan = queries.get(session, record_id)
        self._unit_name = units.get(session, loan.unit_id).name
        return loan

    def check(self, session: Session, values: dict[str, Any]) -> Sequence[Violation]:
        return commands.check(session, self.record_id, values)

    def save_record(self, session: Session, values: dict[str, Any]) -> Loan:
        return commands.save_loan(session, self.record_id, values, self.version)

    def new_values(self) -> dict[str, Any]:
        return {"applied_on": calendar.today()}

    def heading(self, record: Any) -> str:
        return f"تسهیلات {self._unit_name}"

    def suffix(self, session: Session, record: Any) -> tuple[str, str]:
        stage = queries.stage(session, record.id, self.frame.as_of() or calendar.today())
        return choices.STAGE.show(stage), choices.STAGE.tones.get(stage, "")

    def after_load(self) -> None:
        self.strip.setVisible(self.record_id is not None)
        if self.record_id is None:
            return
        self._show_standing(self.record_id)
        if not self._has_tabs:
            self._has_tabs = True
            self._add_tabs(self.record_id)
        for part in self._parts:
            part.refresh()
        for place in range(self.tabs.count()):
            refresh_panel(self.tabs.widget(place))

    def _show_standing(self, loan_id: int) -> None:
        day = self.frame.as_of() or calendar.today()
        with self.frame.database.read() as session:
            paid_out = sum(each.amount for each in queries.tranches(session, loan_id)
                           if each.day <= day)  # fmt: skip
            self.strip.show_state(paid_out, repayment.state(session, loan_id, day))

    def _add_tabs(self, loan_id: int) -> None:
        for title, editors in EDITORS.items():
            written = [table for _, _, table in editors]
            self.add_later(partial(self._editors, editors, loan_id), title, *written)
            if title == PAYOUTS:
                self.add_later(partial(self._schedule, loan_id), INSTALMENTS)
        self.add_later(partial(self._history, loan_id), HISTORY)

    def _editors(self, editors: Sequence[tuple[str, str, str]], loan_id: int) -> QWidget:
        """One below the other, each imported now."""
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE[2])
        for module, name, _ in editors:
            made: PartEditor = later(module, name)(self.frame, loan_id)
            made.refresh()
            self._parts.append(made)
            column.addWidget(made)
        column.addStretch(1)
        return scrolled(holder)

    def editor_of(self, table: str) -> PartEditor:
        """Where rows of a table are written, made now if nobody has looked at it yet."""
        self.bring_part(table)
        editors: list[PartEditor] = [each for each in self._parts if hasattr(each, "RECORD")]
        return next(each for each in editors if table == each.RECORD)

    def _schedule(self, loan_id: int) -> QWidget:
        from desktop.loans.schedule_tab import ScheduleTab

        return ScheduleTab(self.frame, loan_id)

    def _history(self, loan_id: int) -> QWidget:
        from desktop.pages.history_view import HistoryView

        view = HistoryView(self.frame, lambda s: changes.of_loan(s, loan_id))
        view.refresh()
        self._parts.append(view)
        return view
