"""The same loan by each of the three methods: its instalment, and what it costs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from db.queries import repayment_preview
from desktop.pages.schedule import COMPARISON
from desktop.theme import SPACE
from desktop.widgets.common import muted
from desktop.widgets.inner_table import InnerTable

if TYPE_CHECKING:
    from desktop.widgets.frame import Frame

TITLE = "مقایسهٔ روش‌های قسط‌بندی"


class ComparisonDialog(QDialog):
    """By the terms of the contract, on all that the bank has paid out."""

    def __init__(self, parent: QWidget, frame: Frame, loan_id: int) -> None:
        super().__init__(parent)
        self.setWindowTitle(TITLE)
        self.setMinimumWidth(760)
        self.table = InnerTable(COMPARISON)
        with frame.database.read() as session:
            self.table.set_rows(repayment_preview.costs(session, loan_id))
        buttons = QDialogButtonBox()
        buttons.addButton("بستن", QDialogButtonBox.ButtonRole.RejectRole)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setSpacing(SPACE[3])
        column.addWidget(muted("با همین مبلغ، نرخ، مدت و دورهٔ تنفس، به هر روش:"))
        column.addWidget(self.table)
        column.addWidget(buttons)
