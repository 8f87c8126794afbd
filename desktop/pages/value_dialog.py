"""Asks for the one value that several rows are to get."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from db.errors import RuleError, Violation
from desktop.pages import links
from desktop.theme import SPACE
from desktop.widgets.common import muted
from desktop.widgets.form import FieldForm

if TYPE_CHECKING:
    from desktop.pages.batch import Batch
    from desktop.widgets.frame import Frame


class ValueDialog(QDialog):
    """One value for all; without it nothing is done."""

    def __init__(self, parent: QWidget, frame: Frame, batch: Batch, told: str) -> None:
        super().__init__(parent)
        self.field = batch.ask
        title = batch.title.rstrip("…")
        self.setWindowTitle(title)
        self.setMinimumWidth(420)
        self.form = FieldForm({"": (self.field,)}, cards=False)
        with frame.database.read() as session:
            links.fill(self.form, frame, session, {})
        self.form.load({})
        self.form.finished.connect(self.accept)
        buttons = QDialogButtonBox()
        buttons.addButton(title, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton("انصراف", QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setSpacing(SPACE[2])
        for part in (muted(told), self.form, buttons):
            column.addWidget(part)
        self.form.focus_first()

    def value(self) -> Any:
        return self.form.values()[self.field.name]

    def accept(self) -> None:
        try:
            value = self.value()
        except RuleError as error:
            self.form.complain(error.violations, go=True)
            return
        if value in (None, ""):
            self.form.complain([Violation(self.field.name, "required")], go=True)
            return
        super().accept()
