"""What is done to several rows at once: how a feature says it, how its value is asked, its bar."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QHBoxLayout, QVBoxLayout, QWidget

from db.errors import RuleError, Violation
from desktop.pages import links
from desktop.theme import SPACE
from desktop.widgets.common import button, label, muted
from desktop.widgets.form import FieldForm

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sqlalchemy.orm import Session

    from desktop.fields import Field
    from desktop.widgets.frame import Frame


@dataclass(frozen=True)
class Batch:
    """`command` gets the ids and the value asked for by the field `ask`."""

    title: str  # «دادن گروه…», on its button
    icon: str
    words: str  # «دادن گروه به {}»: the step, of «۳ واحد»
    ask: Field
    command: Callable[[Session, Sequence[int], Any], object]


class BatchBar(QWidget):
    """Under the table while more than one row is chosen."""

    def __init__(self, acts: Sequence[tuple[str, str, Callable[[], object]]]) -> None:
        super().__init__()
        self.label = label("", "heading")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE[1])
        row.addWidget(self.label)
        row.addSpacing(SPACE[1])
        self.buttons = [button(title, icon) for title, icon, _act in acts]
        for made, (_title, _icon, act) in zip(self.buttons, acts, strict=True):
            made.clicked.connect(act)
            row.addWidget(made)
        row.addStretch(1)
        self.hide()


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
