"""The page of one loan with its tranches and history."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from db import calendar
from db.commands import loans as commands
from db.models.loan import Loan
from db.queries import changes, units
from db.queries import loans as queries
from desktop import choices
from desktop.loans import fields
from desktop.loans.tranches import TranchesTab
from desktop.pages.history_view import HistoryView
from desktop.pages.record_page import RecordPage
from desktop.widgets.common import scrolled

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy.orm import Session

    from db.errors import Violation
    from desktop.widgets.frame import Frame


class LoanPage(RecordPage):
    """One loan. Its tranches and history have tabs once it is stored."""

    SECTIONS = fields.FORM
    NEW_TITLE = "تسهیلات تازه"
    SUGGESTED = (Loan.branch,)
    FORM_TAB = "پرونده"

    def __init__(self, frame: Frame, record_id: int | None, values: Mapping[str, Any]) -> None:
        self.tranches: TranchesTab | None = None
        self._history: HistoryView | None = None
        self._unit_name = ""
        super().__init__(frame, record_id, values)

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
        if self.record_id is None:
            return
        if self.tranches is None:
            self._add_tabs(self.record_id)
        assert self.tranches is not None
        assert self._history is not None
        self.tranches.refresh()
        self._history.refresh()

    def _add_tabs(self, loan_id: int) -> None:
        self.tranches = TranchesTab(self.frame, loan_id)
        self._history = HistoryView(self.frame, lambda s: changes.of_loan(s, loan_id))
        self.tabs.addTab(scrolled(self.tranches), "پرداخت‌ها")
        self.tabs.addTab(self._history, "تاریخچه")
